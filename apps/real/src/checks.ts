/** Runs checks and counts how they went. */
export interface Checks {
  readonly counts: { readonly passed: number; readonly failed: number; readonly skipped: number };
  check(name: string, body: () => Promise<string | void>): Promise<void>;
  skip(name: string, reason: string): void;
  fail(name: string, error: unknown): void;
}

/** An empty record of checks. A check may give back a line that tells what it saw. */
export function createChecks(print: (line: string) => void): Checks {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const fail = (name: string, error: unknown) => {
    counts.failed++;
    print(`failed   ${name}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  };
  return {
    counts,
    async check(name, body) {
      try {
        const seen = await body();
        counts.passed++;
        print(`passed   ${name}${seen === undefined ? '' : `: ${seen}`}`);
      } catch (error) {
        fail(name, error);
      }
    },
    skip(name, reason) {
      counts.skipped++;
      print(`skipped  ${name}: ${reason}`);
    },
    fail,
  };
}
