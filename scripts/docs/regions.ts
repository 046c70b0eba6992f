/** Source files are marked with `// #region name` and `// #endregion name`; regions may nest. */
const MARK = /^\s*\/\/ #(region|endregion) ([\w-]+)\s*$/;

/**
 * The lines of one region, without marks of inner ones and without the indentation they share.
 * @throws Error when the region is missing, opened twice or not closed.
 */
export function readRegion(source: string, name: string): string {
  const lines = source.split('\n');
  const marks = lines.flatMap((line, index) => {
    const [, kind, region] = MARK.exec(line) ?? [];
    return region === name ? [{ kind, index }] : [];
  });
  const [start, end] = marks;
  if (marks.length !== 2 || start?.kind !== 'region' || end?.kind !== 'endregion') throw new Error(`region ${name} must be opened once and closed once`);
  const body = lines.slice(start.index + 1, end.index).filter((line) => !MARK.test(line));
  const indents = body.filter((line) => line.trim() !== '').map((line) => /^ */.exec(line)?.[0].length ?? 0);
  const indent = Math.min(...indents);
  return body.map((line) => line.slice(indent)).join('\n').trim();
}
