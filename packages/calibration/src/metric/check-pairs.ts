import { InvalidOptionsError } from '@cascadeflow/contract';

/** Refuses arrays that do not belong together, before a metric quietly reads past the shorter one. */
export function checkPairs(name: string, scores: readonly unknown[], labels: readonly unknown[]): void {
  if (scores.length === labels.length) return;
  throw new InvalidOptionsError(name, `needs one label per score, was given ${scores.length} scores and ${labels.length} labels`);
}

/** Indices of `scores`, highest score first; equal scores keep their order. */
export function byScoreDescending(scores: readonly number[]): number[] {
  return scores.map((_, index) => index).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
}
