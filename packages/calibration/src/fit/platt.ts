import { checkPairs } from '../metric/check-pairs.ts';
import { type Label, toScore } from '../metric/label.ts';
import { fitLogistic, logit } from './logistic.ts';

/** Corrects a probability: new log-odds = intercept + slope * old log-odds. */
export interface PlattFit {
  readonly intercept: number;
  readonly slope: number;
}

/**
 * Fits a straight line on the log-odds, held lightly to the line that changes nothing, so that a handful of rows or one class alone moves it
 * little. The slope is never negative.
 *
 * Platt, "Probabilistic outputs for support vector machines", 1999; on log-odds as in Kull, Silva Filho and Flach, "Beta calibration", 2017.
 */
export function fitPlatt(probabilities: readonly number[], labels: readonly Label[]): PlattFit {
  checkPairs('platt', probabilities, labels);
  if (probabilities.length === 0) return { intercept: 0, slope: 1 };
  const features = probabilities.map((probability) => [1, logit(probability)]);
  const [intercept = 0, slope = 1] = fitLogistic({ features, labels: labels.map(toScore) }, { strength: [plattStrength, plattStrength], prior: [0, 1] });
  if (slope >= 0) return { intercept, slope };
  const [flat = 0] = fitLogistic({ features: features.map(() => [1]), labels: labels.map(toScore) }, { strength: [plattStrength] });
  return { intercept: flat, slope: 0 };
}

/** Pull towards no change, in rows: 1 is the weight of a few doubtful rows, chosen by hand. */
const plattStrength = 1;
