import type { Clock } from '@cascadeflow/contract';

/** A clock that moves only when it is told to. */
export interface VirtualClock extends Clock {
  /** How many tasks wait for their time. */
  readonly waiting: number;
  /** Moves time on, running tasks in order and letting the code they wake run before the next one. */
  advance(ms: number): Promise<void>;
  /** Moves time from task to task until the promise settles, and hands on its outcome. Throws when no task waits and it never settles. */
  settle<Value>(promise: Promise<Value>): Promise<Value>;
  /** Moves the wall clock alone, as a clock set by hand or by NTP does. Negative goes back. */
  jump(ms: number): void;
}

interface Timer {
  readonly due: number;
  readonly task: () => void;
}

/** Milliseconds of real time without any waiting task after which `settle` gives up: a module that is loaded meanwhile may take as long on a busy machine. */
const idleMs = 2000;
/** 22 November 2026, noon UTC: an arbitrary day on which tests begin. */
const startOfTime = Date.UTC(2026, 10, 22, 12);

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A clock under the test's hand: no test waits for real time. */
export function virtualClock(options: { readonly wallNow?: number } = {}): VirtualClock {
  let elapsed = 0;
  let wallOffset = options.wallNow ?? startOfTime;
  const timers: Timer[] = [];

  const runNext = (limit: number): boolean => {
    const next = timers[0];
    if (next === undefined || next.due > limit) return false;
    timers.shift();
    elapsed = next.due;
    next.task();
    return true;
  };

  return {
    now: () => elapsed,
    wallNow: () => wallOffset + elapsed,
    after(ms, task) {
      const timer: Timer = { due: elapsed + Math.max(0, ms), task };
      const later = timers.findIndex((other) => other.due > timer.due);
      timers.splice(later === -1 ? timers.length : later, 0, timer);
      return () => {
        const index = timers.indexOf(timer);
        if (index !== -1) timers.splice(index, 1);
      };
    },
    get waiting() {
      return timers.length;
    },
    jump(ms) {
      wallOffset += ms;
    },
    async advance(ms) {
      const target = elapsed + ms;
      await turn();
      while (runNext(target)) await turn();
      elapsed = target;
    },
    async settle(promise) {
      let settled = false;
      const mark = (): void => {
        settled = true;
      };
      promise.then(mark, mark);
      for (let idleSince = performance.now(); performance.now() - idleSince < idleMs; ) {
        await turn();
        if (settled) return promise;
        if (runNext(Number.POSITIVE_INFINITY)) idleSince = performance.now();
      }
      throw new Error('virtualClock.settle: no task waits and the promise has not settled');
    },
  };
}
