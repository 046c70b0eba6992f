import type { Run } from './run.ts';

/** Milliseconds that a run which has to end still gives to stores outside it. */
const graceMs = 20;

/** Turns of the microtask queue before a timer is set: a store in memory has answered by then, and timers are dear. */
const patience = 4;

/**
 * Waits for something outside the run, at most so long, never beyond the run's deadline and hardly when the run has been stopped. The work
 * itself goes on. Rejects with an error when the time is up.
 */
export function withinTime<Value>(run: Run, work: PromiseLike<Value>, limitMs: number): Promise<Value> {
  const ended = run.stopped ? work : run.untilStopped(work);
  return new Promise<Value>((resolve, reject) => {
    let isOver = false;
    let stopTimer: (() => void) | undefined;
    const end = (): void => {
      isOver = true;
      stopTimer?.();
    };
    ended.then(
      (value) => {
        end();
        resolve(value);
      },
      (error: unknown) => {
        end();
        reject(error as Error);
      },
    );
    const arm = async (): Promise<void> => {
      for (let turn = 0; turn < patience; turn++) await Promise.resolve();
      if (isOver) return;
      const waitMs = run.stopped ? graceMs : Math.min(limitMs, Math.max(graceMs, run.remaining()));
      stopTimer = run.settings.clock.after(waitMs, () => reject(new Error('timeout')));
    };
    void arm();
  });
}
