/** Inside the repository packages resolve to their source; a packed manifest must not name files it does not carry. See docs/decisions/0001. */
const SOURCE_CONDITION = '@cascadeflow/source';

function withoutSource(entry) {
  if (entry === null || typeof entry !== 'object') return entry;
  return Object.fromEntries(
    Object.entries(entry)
      .filter(([condition]) => condition !== SOURCE_CONDITION)
      .map(([condition, target]) => [condition, withoutSource(target)]),
  );
}

module.exports = {
  hooks: {
    beforePacking(manifest) {
      const { devDependencies, scripts, ...published } = manifest;
      if (published.exports) published.exports = withoutSource(published.exports);
      return published;
    },
  },
};
