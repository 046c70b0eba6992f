/** How signals of the request enter the expectation of what the verifier reaches; a missing one counts as 0. */
const asked: readonly { readonly signal: string; readonly read: (value: number) => number }[] = [
  { signal: 'question-length', read: (value) => value - 3.5 },
  { signal: 'question-numbers', read: (value) => value / 4 },
  { signal: 'options', read: (value) => (value > 2 ? 1 : 0) },
  { signal: 'options', read: (value) => (value === 2 ? 1 : 0) },
  { signal: 'options', read: (value) => (value > 4 ? 1 : 0) },
  { signal: 'formula-density', read: (value) => Math.min(4, value) },
  { signal: 'topic-math', read: (value) => value },
  { signal: 'relations', read: (value) => Math.min(1, value / 4) },
];

const places = new WeakMap<readonly string[], readonly number[]>();

/** What a request is like, from the row of signals that the fitted model sees: a verifier's answers depend on it, whatever the draft. */
export function askedInputs(features: readonly string[], row: ArrayLike<number>): readonly number[] {
  let found = places.get(features);
  if (!found) places.set(features, (found = asked.map(({ signal }) => features.indexOf(signal))));
  const inputs: number[] = [];
  for (let index = 0; index < asked.length; index++) {
    const value = row[found[index] as number] ?? Number.NaN;
    inputs.push(asked[index]?.read(Number.isNaN(value) ? 0 : value) ?? 0);
  }
  return inputs;
}
