/** The part of a test runner that suites need: vitest, node:test, jest and bun:test all have it. */
export interface TestRunner {
  readonly describe: (name: string, body: () => void) => unknown;
  readonly it: {
    (name: string, body: () => Promise<void>): unknown;
    skip(name: string, body: () => Promise<void>): unknown;
  };
}

/** Checks that an implementation does not pass, each with the reason why that is right for it. */
export type Skips<Check extends string> = { readonly [Key in Check]?: string };

/** One thing a contract promises. */
export interface ConformanceCheck<Subject> {
  /** What must hold, as a sentence. */
  readonly promise: string;
  run(subject: Subject): void | Promise<void>;
}

/** Registers one test per check. Throws at once when a skip has no reason or names no check. */
export function runSuite<Subject, Check extends string>(
  runner: TestRunner,
  name: string,
  checks: { readonly [Key in Check]: ConformanceCheck<Subject> },
  subject: Subject,
  skip: Skips<Check> = {},
): void {
  for (const [check, reason] of Object.entries(skip)) {
    if (!Object.hasOwn(checks, check)) throw new Error(`${name}: skip.${check} names no check; known are ${Object.keys(checks).join(', ')}`);
    if (typeof reason !== 'string' || reason.trim() === '') throw new Error(`${name}: skip.${check} must carry its reason`);
  }
  runner.describe(name, () => {
    for (const [check, { promise, run }] of Object.entries<ConformanceCheck<Subject>>(checks)) {
      const reason = skip[check as Check];
      const body = async (): Promise<void> => run(subject);
      if (reason === undefined) runner.it(`${check}: ${promise}`, body);
      else runner.it.skip(`${check}: ${promise} (skipped: ${reason})`, body);
    }
  });
}

/** Freezes a value and everything in it, so that a subject that writes to its input is found out. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value) && !ArrayBuffer.isView(value)) {
    Object.freeze(value);
    for (const inner of Object.values(value)) deepFreeze(inner);
  }
  return value;
}

/** Rejects when a promise takes longer than a subject may. */
export async function within<Value>(ms: number, promise: Promise<Value>, what: string): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} took more than ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
