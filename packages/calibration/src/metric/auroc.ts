import { checkPairs } from './check-pairs.ts';
import { isGood, type Label } from './label.ts';

/**
 * Probability that a good answer has a higher score than a bad one; ties count half. 0.5 is chance, 1 perfect, `NaN` when only one class
 * is present.
 *
 * Computed from ranks: Hanley and McNeil, "The meaning and use of the area under a receiver operating characteristic curve", 1982.
 */
export function auroc(scores: readonly number[], labels: readonly Label[]): number {
  checkPairs('auroc', scores, labels);
  const order = scores.map((_, index) => index).sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  let rankSum = 0;
  let good = 0;
  for (let start = 0; start < order.length; ) {
    const score = scores[order[start] ?? 0];
    let end = start;
    while (end < order.length && scores[order[end] ?? 0] === score) end++;
    const rank = (start + end + 1) / 2;
    for (let index = start; index < end; index++) {
      if (!isGood(labels[order[index] ?? 0] ?? false)) continue;
      rankSum += rank;
      good++;
    }
    start = Math.max(end, start + 1);
  }
  const bad = order.length - good;
  return good > 0 && bad > 0 ? (rankSum - (good * (good + 1)) / 2) / (good * bad) : Number.NaN;
}
