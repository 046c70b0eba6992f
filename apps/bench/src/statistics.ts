/** Value below which the share `p` (0 to 1) of the samples lies, linear between neighbours. NaN for no samples. */
export function percentile(samples: ArrayLike<number>, p: number): number {
  const sorted = Float64Array.from(samples).sort();
  if (sorted.length === 0) return Number.NaN;
  const position = p * (sorted.length - 1);
  const below = Math.floor(position);
  const low = sorted[below] ?? Number.NaN;
  const high = sorted[Math.ceil(position)] ?? Number.NaN;
  return low + (high - low) * (position - below);
}

/** The arithmetic mean; NaN for no samples. */
export function mean(samples: ArrayLike<number>): number {
  return Array.from(samples).reduce((sum, value) => sum + value, 0) / samples.length;
}

/** A source of numbers in [0, 1) that repeats for the same seed (mulberry32, Tommy Ettinger, public domain). */
export function createRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** How a bootstrap draws. */
export interface BootstrapOptions {
  resamples?: number;
  /** Share of resamples inside the interval. */
  level?: number;
  seed?: number;
}

/** Percentile bootstrap interval (Efron 1979) of a statistic over rows drawn with replacement. Rows stay whole, so pairs stay pairs. */
export function bootstrapInterval<Row>(
  rows: readonly Row[],
  statistic: (sample: readonly Row[]) => number,
  { resamples = 1000, level = 0.95, seed = 1 }: BootstrapOptions = {},
): [low: number, high: number] {
  const random = createRandom(seed);
  const draws = Array.from({ length: resamples }, () => statistic(rows.map(() => rows[Math.floor(random() * rows.length)] as Row)));
  return [percentile(draws, (1 - level) / 2), percentile(draws, (1 + level) / 2)];
}
