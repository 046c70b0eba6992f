import { createRandom } from './random.ts';

/** An estimate with the interval that holds it. */
export interface Interval {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  /** Rows it rests on. */
  readonly n: number;
}

/** How a bootstrap is drawn. */
export interface BootstrapOptions<Row> {
  /** Share of resamples inside the interval. Default 0.95. */
  readonly confidence?: number;
  /** Default 1000. */
  readonly resamples?: number;
  /** Default 1. */
  readonly seed?: number;
  /** Rows with the same key are drawn together: give the question when one question has several rows. */
  readonly group?: (row: Row) => string;
}

/**
 * Percentile bootstrap of a statistic over rows, or over groups of rows. Same rows, same seed, same interval. Resamples where the statistic is
 * not a number are left out; with none left `low` and `high` are `NaN`.
 *
 * Efron and Tibshirani, "An introduction to the bootstrap", 1993, chapter 13.
 */
export function bootstrapInterval<Row>(
  rows: readonly Row[],
  statistic: (rows: readonly Row[]) => number,
  { confidence = 0.95, resamples = 1000, seed = 1, group }: BootstrapOptions<Row> = {},
): Interval {
  const value = statistic(rows);
  const units = group === undefined ? rows.map((row) => [row]) : toGroups(rows, group);
  const random = createRandom(seed);
  const values: number[] = [];
  for (let resample = 0; resample < resamples && units.length > 0; resample++) {
    const drawn: Row[] = [];
    for (let index = 0; index < units.length; index++) {
      for (const row of units[Math.floor(random() * units.length)] ?? []) drawn.push(row);
    }
    const estimate = statistic(drawn);
    if (!Number.isNaN(estimate)) values.push(estimate);
  }
  values.sort((a, b) => a - b);
  const tail = (1 - confidence) / 2;
  return { value, low: quantile(values, tail), high: quantile(values, 1 - tail), n: rows.length };
}

/** Rows of the same key together, in order of their first row. */
export function toGroups<Row>(rows: readonly Row[], key: (row: Row) => string): Row[][] {
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const name = key(row);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [row]);
    else group.push(row);
  }
  return [...groups.values()];
}

/** Value below which a share of sorted numbers lies, by straight lines between neighbours (type 7 of Hyndman and Fan 1996). */
export function quantile(sorted: readonly number[], share: number): number {
  const place = share * (sorted.length - 1);
  const below = sorted[Math.floor(place)] ?? Number.NaN;
  const above = sorted[Math.ceil(place)] ?? below;
  return below + (above - below) * (place - Math.floor(place));
}
