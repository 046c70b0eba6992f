import { checkPairs } from './check-pairs.ts';
import { type Label, toScore } from './label.ts';

/**
 * Mean squared distance between probability said and quality seen: 0 is perfect, 0.25 is what always saying 0.5 gets. `NaN` when empty.
 *
 * Brier, "Verification of forecasts expressed in terms of probability", 1950, in its form for one class.
 */
export function brier(probabilities: readonly number[], labels: readonly Label[]): number {
  checkPairs('brier', probabilities, labels);
  let sum = 0;
  for (let index = 0; index < probabilities.length; index++) {
    sum += ((probabilities[index] ?? 0) - toScore(labels[index] ?? 0)) ** 2;
  }
  return sum / probabilities.length;
}
