import type { TestRunner } from './suite.ts';

/** A runner that only collects: for tests of the suites themselves. */
export function collectRunner(): {
  readonly runner: TestRunner;
  readonly skipped: readonly string[];
  /** Runs everything and gives the names of the checks that failed. */
  failures(): Promise<string[]>;
} {
  const tests: { readonly name: string; readonly body: () => Promise<void> }[] = [];
  const skipped: string[] = [];
  const it = (name: string, body: () => Promise<void>): void => void tests.push({ name, body });
  it.skip = (name: string): void => void skipped.push(name);
  return {
    runner: { describe: (_name, body) => body(), it },
    skipped,
    async failures() {
      const outcomes = await Promise.allSettled(tests.map(async ({ body }) => body()));
      return tests.filter((_, index) => outcomes[index]?.status === 'rejected').map(({ name }) => name.split(':', 1)[0]!);
    },
  };
}
