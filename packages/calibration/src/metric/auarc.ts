import { InvalidOptionsError } from '@cascadeflow/contract';
import { byScoreDescending, checkPairs } from './check-pairs.ts';
import { type Label, toScore } from './label.ts';

/**
 * Area under the accuracy-rejection curve: mean quality of the k highest scored answers over k = 1 to n. An uninformative score gives the
 * mean quality. Within equal scores the order is taken as random, so the result does not depend on the order of the rows. `NaN` when empty.
 *
 * Nadeem, Zucker and Hanczar, "Accuracy-rejection curves (ARCs) for comparing classification methods with a reject option", 2009.
 */
export function auarc(scores: readonly number[], labels: readonly Label[]): number {
  checkPairs('auarc', scores, labels);
  const order = byScoreDescending(scores);
  let area = 0;
  let before = 0;
  for (let start = 0; start < order.length; ) {
    const score = scores[order[start] ?? 0];
    let end = start;
    let sum = 0;
    for (; end < order.length && scores[order[end] ?? 0] === score; end++) sum += toScore(labels[order[end] ?? 0] ?? 0);
    if (end === start) throw new InvalidOptionsError('auarc', 'a score is NaN');
    const mean = sum / (end - start);
    for (let index = start; index < end; index++) area += (before + mean * (index - start + 1)) / (index + 1);
    before += sum;
    start = end;
  }
  return area / order.length;
}
