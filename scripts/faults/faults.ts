/** A fault put into the tree, and the part of `pnpm check` that must find it. */
export interface Fault {
  readonly name: string;
  /** File that is changed, from the root. */
  readonly file: string;
  /** Gives the file's text with the fault in it. */
  spoil(text: string): string;
  /** Step of `pnpm check` that must fail. */
  readonly step: string;
  /** For the step `test`: the project whose tests must fail, so that not all are run. */
  readonly project?: string;
  /** What its output must say, so that it fails for this reason. */
  readonly says: RegExp;
}

const swap = (before: string | RegExp, after: string) => (text: string) => {
  const spoiled = text.replace(before, after);
  if (spoiled === text) throw new Error(`${String(before)} is not there any more; the fault must be written anew`);
  return spoiled;
};

/** Text that does not compress, so that it weighs what it is long. */
const ballast = (characters: number): string => {
  let state = 1;
  return Array.from({ length: characters }, () => (state = (state * 48_271) % 2_147_483_647).toString(36).at(-2)).join('');
};

/** One fault for each promise of the checks. */
export const faults: readonly Fault[] = [
  {
    name: 'an export loses its comment',
    file: 'packages/contract/src/price.ts',
    spoil: swap(/\/\*\* USD per 1M tokens of each kind\. \*\/\n/, ''),
    step: 'docs',
    says: /@cascadeflow\/contract: Rates has no comment/,
  },
  {
    name: 'a guide’s code no longer compiles',
    file: 'docs/examples/guides/src/streaming.ts',
    spoil: swap('streamEvents', 'streamEvent'),
    step: 'typecheck',
    says: /streaming\.ts.*streamEvent/,
  },
  {
    name: 'a guide’s code differs from the file it stands in',
    file: 'docs/guide/streaming.md',
    spoil: swap("release: 'optimistic' })", "release: 'window' })"),
    step: 'samples',
    says: /streaming\.md: its code differs/,
  },
  {
    name: 'an example fails',
    file: 'docs/examples/quick-start/src/quick-start.ts',
    spoil: swap('agent.run(question)', "agent.run('')"),
    step: 'test',
    project: 'docs/examples/quick-start',
    says: /quick-start\.test\.ts/,
  },
  {
    name: 'a link breaks',
    file: 'docs/guide/streaming.md',
    spoil: (text) => `${text}\n[Nowhere](./nowhere.md)\n`,
    step: 'links',
    says: /nowhere\.md leads to no file/,
  },
  {
    name: 'a size grows past its ceiling',
    file: 'packages/core/dist/index.js',
    spoil: (text) => `${text}\nexport const ballast = '${ballast(40_000)}';\n`,
    step: 'size',
    says: /exceeded/i,
  },
  {
    name: 'an arrow bends',
    file: 'packages/quality/src/index.ts',
    spoil: (text) => `${text}export { createRouter } from '@cascadeflow/routing';\n`,
    step: 'test',
    project: 'scripts',
    says: /quality.*routing/,
  },
  {
    name: 'a changeset is missing',
    file: '.changeset/postgres.md',
    spoil: swap(/^.*@cascadeflow\/postgres.*\n/m, ''),
    step: 'changesets',
    says: /@cascadeflow\/postgres/,
  },
  {
    name: 'a figure differs from the benchmark’s file',
    file: 'docs/guide/results.md',
    spoil: swap(/\| (\d)(\d*\.\d+ ms) /, '| 9$1$2 '),
    step: 'results',
    says: /results\.md differs/,
  },
];
