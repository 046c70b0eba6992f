import { type DeferralPoint, deferralCurve, type JudgedPair } from './deferral-curve.ts';

/** Quality at a share of deferral between two points of a curve, by straight lines: a mix of the two policies reaches it. */
function qualityAt(curve: readonly DeferralPoint[], deferral: number): number {
  for (let index = 1; index < curve.length; index++) {
    const left = curve[index - 1];
    const right = curve[index];
    if (left === undefined || right === undefined || right.deferral > deferral) continue;
    const share = left.deferral === right.deferral ? 0 : (left.deferral - deferral) / (left.deferral - right.deferral);
    return left.quality + share * (right.quality - left.quality);
  }
  return curve.at(-1)?.quality ?? Number.NaN;
}

/** Recovered share of the gap in quality between drafter and verifier, as a function of the share of deferral. */
function gapRecovered(pairs: readonly JudgedPair[]): (deferral: number) => number {
  const curve = deferralCurve(pairs);
  const strong = curve[0]?.quality ?? Number.NaN;
  const weak = curve.at(-1)?.quality ?? Number.NaN;
  return (deferral) => (strong === weak ? Number.NaN : (qualityAt(curve, deferral) - weak) / (strong - weak));
}

/** Steps over which APGR averages and CPT searches. */
const steps = 100;

/**
 * Average performance gap recovered: mean over all shares of deferral of the part of the quality gap between drafter and verifier that is
 * recovered. 0.5 is what escalating at random gets, above 1 is possible. `NaN` when both are equally good.
 *
 * Ong et al., "RouteLLM: learning to route LLMs with preference data", 2024; here with 100 steps instead of 10.
 */
export function apgr(pairs: readonly JudgedPair[]): number {
  const recovered = gapRecovered(pairs);
  let sum = 0;
  for (let step = 0; step < steps; step++) sum += (recovered(step / steps) + recovered((step + 1) / steps)) / 2;
  return sum / steps;
}

/**
 * Call-performance threshold: smallest share of questions, 0 to 1, that must go to the verifier to recover `target` (0 to 1) of the quality
 * gap. `NaN` when drafter and verifier are equally good or the target is never reached.
 *
 * Ong et al., "RouteLLM", 2024: CPT(50%) is `cpt(pairs, 0.5)`.
 */
export function cpt(pairs: readonly JudgedPair[], target: number): number {
  const recovered = gapRecovered(pairs);
  for (let step = 0; step <= steps; step++) if (recovered(step / steps) >= target - 1e-12) return step / steps;
  return Number.NaN;
}
