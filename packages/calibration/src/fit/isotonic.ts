import { checkPairs } from '../metric/check-pairs.ts';
import { type Label, toScore } from '../metric/label.ts';

interface Block {
  sum: number;
  n: number;
  from: number;
  to: number;
}

/**
 * Best rising fit of labels to probabilities, by pooling adjacent violators, as knots for straight lines between them: two per pooled block.
 * Empty for no rows.
 *
 * Ayer et al. 1955; for classifiers Zadrozny and Elkan, "Transforming classifier scores into accurate multiclass probability estimates", 2002.
 */
export function fitIsotonic(probabilities: readonly number[], labels: readonly Label[]): (readonly [number, number])[] {
  checkPairs('isotonic', probabilities, labels);
  const order = probabilities.map((_, index) => index).sort((a, b) => (probabilities[a] ?? 0) - (probabilities[b] ?? 0) || a - b);
  const blocks: Block[] = [];
  for (const index of order) {
    const at = probabilities[index] ?? 0;
    const label = toScore(labels[index] ?? 0);
    const last = blocks.at(-1);
    if (last !== undefined && last.to === at) {
      last.sum += label;
      last.n++;
    } else {
      blocks.push({ sum: label, n: 1, from: at, to: at });
    }
  }
  return pool(blocks).flatMap(({ sum, n, from, to }) => (from === to ? [[from, sum / n] as const] : [[from, sum / n] as const, [to, sum / n] as const]));
}

function pool(blocks: readonly Block[]): Block[] {
  const pooled: Block[] = [];
  for (const block of blocks) {
    let current = { ...block };
    for (let before = pooled.at(-1); before !== undefined && before.sum / before.n >= current.sum / current.n; before = pooled.at(-1)) {
      current = { sum: before.sum + current.sum, n: before.n + current.n, from: before.from, to: current.to };
      pooled.pop();
    }
    pooled.push(current);
  }
  return pooled;
}
