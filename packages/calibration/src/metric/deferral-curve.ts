import { byScoreDescending } from './check-pairs.ts';

/** One question that a draft and the verifier both answered. Quality from 0 to 1, money in USD. */
export interface JudgedPair {
  /** What the judge said of the draft, higher is better. */
  readonly score: number;
  readonly draftQuality: number;
  readonly verifierQuality: number;
  /** Draft and opinions. */
  readonly draftCost: number;
  readonly verifierCost: number;
}

/** What happens when drafts are accepted from `threshold` on. */
export interface DeferralPoint {
  readonly threshold: number;
  /** Share of questions that go to the verifier, 0 to 1. */
  readonly deferral: number;
  /** Mean quality of what is answered. */
  readonly quality: number;
  /** Mean cost per question, drafts included. */
  readonly cost: number;
}

/**
 * Every way to cut the questions in two, from all escalated (`threshold` Infinity) to all accepted. Rows with equal scores move together.
 * Empty for no rows.
 *
 * The deferral curve of Jitkrittum et al., "When does confidence-based cascade deferral suffice?", 2023.
 */
export function deferralCurve(pairs: readonly JudgedPair[]): DeferralPoint[] {
  const n = pairs.length;
  if (n === 0) return [];
  let quality = 0;
  let cost = 0;
  for (const pair of pairs) {
    quality += pair.verifierQuality;
    cost += pair.draftCost + pair.verifierCost;
  }
  const points: DeferralPoint[] = [{ threshold: Number.POSITIVE_INFINITY, deferral: 1, quality: quality / n, cost: cost / n }];
  const order = byScoreDescending(pairs.map((pair) => pair.score));
  for (let index = 0; index < n; index++) {
    const pair = pairs[order[index] ?? 0];
    if (pair === undefined) break;
    quality += pair.draftQuality - pair.verifierQuality;
    cost -= pair.verifierCost;
    if (pairs[order[index + 1] ?? -1]?.score === pair.score) continue;
    points.push({ threshold: pair.score, deferral: 1 - (index + 1) / n, quality: quality / n, cost: cost / n });
  }
  return points;
}
