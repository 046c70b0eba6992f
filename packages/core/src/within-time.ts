import { sleep } from '@cascadeflow/contract';
import type { Run } from './run.ts';

/** Milliseconds that a run which has to end still gives to stores outside it. */
const graceMs = 20;

/**
 * Waits for something outside the run, at most so long, never beyond the run's deadline and hardly when the run has been stopped. The work
 * itself goes on. Rejects with an error when the time is up.
 */
export async function withinTime<Value>(run: Run, work: PromiseLike<Value> | Value, limitMs: number): Promise<Value> {
  const timer = new AbortController();
  const waitMs = run.stopped ? graceMs : Math.min(limitMs, Math.max(graceMs, run.remaining()));
  const late = sleep(run.settings.clock, waitMs, timer.signal).then(() => Promise.reject(new Error('timeout')));
  late.catch(() => {});
  try {
    return (await Promise.race([run.stopped ? work : run.untilStopped(work), late])) as Value;
  } finally {
    timer.abort();
  }
}
