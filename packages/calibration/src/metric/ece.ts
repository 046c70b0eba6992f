import { checkPairs } from './check-pairs.ts';
import { type Label, toScore } from './label.ts';

/** One bin of a reliability diagram. */
export interface ReliabilityBin {
  /** Mean probability said. */
  readonly predicted: number;
  /** Mean quality seen. */
  readonly observed: number;
  readonly n: number;
}

/** Number of bins of {@link ece}, as in Guo et al., "On calibration of modern neural networks", 2017. */
export const eceBins = 15;

/** Groups probabilities into bins of equal mass, lowest first. Rows of one probability may fall into two neighbouring bins. */
export function reliability(probabilities: readonly number[], labels: readonly Label[], bins: number = eceBins): ReliabilityBin[] {
  checkPairs('reliability', probabilities, labels);
  const order = probabilities.map((_, index) => index).sort((a, b) => (probabilities[a] ?? 0) - (probabilities[b] ?? 0) || a - b);
  const result: ReliabilityBin[] = [];
  for (let bin = 0; bin < bins; bin++) {
    const start = Math.floor((bin * order.length) / bins);
    const end = Math.floor(((bin + 1) * order.length) / bins);
    if (end === start) continue;
    let predicted = 0;
    let observed = 0;
    for (let index = start; index < end; index++) {
      predicted += probabilities[order[index] ?? 0] ?? 0;
      observed += toScore(labels[order[index] ?? 0] ?? 0);
    }
    const n = end - start;
    result.push({ predicted: predicted / n, observed: observed / n, n });
  }
  return result;
}

/**
 * Expected calibration error: mean distance between probability said and quality seen over bins of equal mass. 0 is perfect, `NaN` when
 * empty. With few rows it is biased upwards: bins of pure chance already differ.
 *
 * Naeini, Cooper and Hauskrecht 2015, with the adaptive bins of Nixon et al., "Measuring calibration in deep learning", 2019.
 */
export function ece(probabilities: readonly number[], labels: readonly Label[], bins: number = eceBins): number {
  let error = 0;
  for (const bin of reliability(probabilities, labels, bins)) error += bin.n * Math.abs(bin.predicted - bin.observed);
  return error / probabilities.length;
}
