import type { JudgeInput, Verdict } from '../verdict.ts';
import type { Calibration, CalibratedThreshold, ProbabilityMap } from './calibration.ts';

/** Probabilities are held this far from 0 and 1 before their log-odds are taken. */
const edge = 1e-6;
/** How many scales away from its mean a signal may pull. */
const reach = 4;

const logit = (p: number) => Math.log(p / (1 - p));
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
const held = (p: number) => Math.min(1 - edge, Math.max(edge, p));

/** What a verdict is about, as far as calibration asks. */
export type CalibrationSlice = Pick<JudgeInput, 'opinions'> & {
  readonly model?: { readonly name: string };
  readonly route?: { readonly domain: { readonly label: string } };
};

/** The entry that names the most about this verdict and nothing that is otherwise; later entries win ties. */
function mostSpecific<Entry extends { readonly model?: string; readonly opinions?: boolean; readonly domain?: string }>(
  entries: readonly Entry[],
  slice: CalibrationSlice,
): Entry | undefined {
  let best: Entry | undefined;
  let bestNamed = -1;
  const hasOpinions = (slice.opinions?.length ?? 0) > 0;
  for (const entry of entries) {
    if (entry.model !== undefined && entry.model !== slice.model?.name) continue;
    if (entry.opinions !== undefined && entry.opinions !== hasOpinions) continue;
    if (entry.domain !== undefined && entry.domain !== slice.route?.domain.label) continue;
    const named = (entry.model === undefined ? 0 : 4) + (entry.opinions === undefined ? 0 : 2) + (entry.domain === undefined ? 0 : 1);
    if (named >= bestNamed) [best, bestNamed] = [entry, named];
  }
  return best;
}

/** The corrected probability of a draft under one map, 0 to 1. */
export function mapProbability(map: ProbabilityMap, verdict: Pick<Verdict, 'probability' | 'signals' | 'agreement'>, domain?: string): number {
  let odds = map.intercept + map.slope * logit(held(verdict.probability));
  for (const { name, mean, scale, weight } of map.signals) {
    const value = name === 'agreement' ? verdict.agreement : verdict.signals.find((signal) => signal.name === name)?.value;
    if (value === undefined || Number.isNaN(value)) continue;
    odds += weight * Math.max(-reach, Math.min(reach, (value - mean) / scale));
  }
  if (domain !== undefined && map.domains !== undefined && Object.hasOwn(map.domains, domain)) odds += map.domains[domain as keyof typeof map.domains] ?? 0;
  const probability = sigmoid(odds);
  return map.knots === undefined ? probability : alongKnots(map.knots, probability);
}

function alongKnots(knots: readonly (readonly [number, number])[], probability: number): number {
  let left = knots[0];
  if (left === undefined) return probability;
  if (probability <= left[0]) return left[1];
  for (const right of knots) {
    if (probability > right[0]) {
      left = right;
      continue;
    }
    const share = right[0] === left[0] ? 1 : (probability - left[0]) / (right[0] - left[0]);
    return left[1] + share * (right[1] - left[1]);
  }
  return left[1];
}

/** The threshold that a calibration sets for a verdict, or `undefined` when it sets none. */
export function calibratedThreshold(calibration: Calibration, target: JudgeInput['target'], slice: CalibrationSlice): number | undefined {
  if (typeof target !== 'string') return undefined;
  const ofLevel = (entry: CalibratedThreshold) => entry.level === target;
  const named = calibration.thresholds.filter(ofLevel);
  const entries = named.length > 0 ? named : calibration.thresholds.filter((entry) => entry.level === undefined);
  return mostSpecific(entries, slice)?.value;
}

/**
 * A judge's verdict, corrected by what was seen on recorded traffic. A veto stays a veto. A bar that the caller or the plan set as a number, or
 * as the cost of an error, stays that bar; a level gets the calibrated one where there is one, and is left to the judge where the calibration says so.
 */
export function calibrateVerdict(calibration: Calibration, input: JudgeInput, verdict: Verdict): Verdict {
  if (verdict.veto !== undefined) return verdict;
  if (typeof input.target === 'string' && calibration.asJudged?.includes(input.target) === true) return verdict;
  const map = mostSpecific(calibration.maps, input);
  const probability = map === undefined ? verdict.probability : mapProbability(map, verdict, input.route?.domain.label);
  const threshold = (input.minProbability === undefined ? calibratedThreshold(calibration, input.target, input) : undefined) ?? verdict.threshold;
  const accept = probability >= threshold;
  const moved = logit(held(probability)) - logit(held(verdict.probability));
  const { wantsOpinion: _own, ...rest } = verdict;
  // The bar has moved, so the judge's own band of doubt no longer says when an opinion could help.
  const asks = !accept && input.canAskOpinion === true;
  return {
    ...rest,
    accept,
    probability,
    threshold,
    signals: [...verdict.signals, { name: 'calibration', value: probability, weight: moved }],
    reason: accept === verdict.accept ? verdict.reason : reasonFor(accept, probability, threshold),
    ...(asks && { wantsOpinion: true }),
  };
}

function reasonFor(accept: boolean, probability: number, threshold: number): string {
  const side = accept ? 'reaches' : 'is below';
  return `On traffic like this such a draft is good with probability ${probability.toFixed(2)}, which ${side} the calibrated bar of ${threshold.toFixed(2)}.`;
}
