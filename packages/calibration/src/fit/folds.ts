import { InvalidOptionsError } from '@cascadeflow/contract';
import { toGroups } from '../interval/bootstrap-interval.ts';
import { createRandom, shuffled } from '../interval/random.ts';

/** Rows to fit on and rows to measure on; no group is in both. */
export interface Fold<Row> {
  readonly train: readonly Row[];
  readonly test: readonly Row[];
}

/**
 * Splits rows into `k` folds in which all rows of a group (a question, say) stay together. Every row is tested once. The same seed gives the
 * same folds.
 *
 * @throws {InvalidOptionsError} when there are fewer groups than folds.
 */
export function groupedFolds<Row>(rows: readonly Row[], group: (row: Row) => string, k: number = 5, seed: number = 1): Fold<Row>[] {
  const groups = shuffled(toGroups(rows, group), createRandom(seed));
  if (groups.length < k || k < 2) {
    throw new InvalidOptionsError('folds', `needs at least two folds and a question for each, was given ${k} folds and ${groups.length} questions`);
  }
  return Array.from({ length: k }, (_, fold) => ({
    train: groups.filter((__, index) => index % k !== fold).flat(),
    test: groups.filter((__, index) => index % k === fold).flat(),
  }));
}
