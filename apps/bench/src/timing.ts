import { bootstrapInterval, percentile } from './statistics.ts';

/** Something to time; what it returns is waited for when it is a promise. */
export type Task = () => unknown;

/** How often tasks run, before and while the clock counts. */
export interface TimingOptions {
  runs?: number;
  /** Runs before the clock counts, so that the compiler has settled. */
  warmUp?: number;
}

/** Percentiles of run times in milliseconds. */
export interface Times {
  n: number;
  p50: number;
  p95: number;
  p99: number;
}

/** Two tasks timed turn by turn: what the first costs beyond the second, pair by pair. */
export interface PairedTimes {
  first: Times;
  second: Times;
  /** Differences first minus second, in milliseconds, and the 95% interval of their median. */
  difference: Times;
  differenceInterval: [low: number, high: number];
  /** Median of the ratios first / second. */
  ratio: number;
}

async function timeOnce(task: Task): Promise<number> {
  const start = performance.now();
  const result = task();
  if (result instanceof Promise) await result;
  return performance.now() - start;
}

/** Percentiles of samples in milliseconds. */
export function toTimes(samples: readonly number[]): Times {
  return { n: samples.length, p50: percentile(samples, 0.5), p95: percentile(samples, 0.95), p99: percentile(samples, 0.99) };
}

/** Times one task; the samples come in run order. Garbage is collected first, so that no run pays for the set-up. */
export async function timeTask(task: Task, { runs = 1000, warmUp = 200 }: TimingOptions = {}): Promise<number[]> {
  for (let run = 0; run < warmUp; run++) await timeOnce(task);
  globalThis.gc?.();
  const samples: number[] = [];
  for (let run = 0; run < runs; run++) samples.push(await timeOnce(task));
  return samples;
}

/** Times two tasks in alternating order, so that a slow moment of the machine falls on both. */
export async function timePair(first: Task, second: Task, { runs = 1000, warmUp = 200 }: TimingOptions = {}): Promise<PairedTimes> {
  const firsts: number[] = [];
  const seconds: number[] = [];
  for (let run = -warmUp; run < runs; run++) {
    if (run === 0) globalThis.gc?.();
    const order = run % 2 === 0 ? ([first, second] as const) : ([second, first] as const);
    const earlier = await timeOnce(order[0]);
    const later = await timeOnce(order[1]);
    if (run < 0) continue;
    firsts.push(order[0] === first ? earlier : later);
    seconds.push(order[0] === first ? later : earlier);
  }
  const differences = firsts.map((time, run) => time - (seconds[run] ?? Number.NaN));
  return {
    first: toTimes(firsts),
    second: toTimes(seconds),
    difference: toTimes(differences),
    differenceInterval: bootstrapInterval(differences, (sample) => percentile(sample, 0.5), { resamples: 200 }),
    ratio: percentile(firsts.map((time, run) => time / (seconds[run] ?? Number.NaN)), 0.5),
  };
}
