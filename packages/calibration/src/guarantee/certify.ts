import { InvalidOptionsError } from '@cascadeflow/contract';
import { normalQuantile } from '../interval/wilson.ts';
import type { JudgedPair } from '../metric/deferral-curve.ts';
import { bettingPValue } from './betting-test.ts';
import { lossPValue } from './loss-test.ts';

/** What is to be guaranteed. */
export interface GuaranteeOptions {
  /** Largest mean quality, in points from 0 to 1, that may be lost against the verifier alone: 0.02 is two answers in a hundred. */
  readonly maxQualityLoss: number;
  /** Probability that the guarantee holds, 0.5 to below 1. Default 0.95. */
  readonly confidence?: number;
  /** Thresholds in the order they are tested, falling. Fix them before looking at the rows. Default {@link guaranteeThresholds}. */
  readonly thresholds?: readonly number[];
}

/** 1 down to 0 in steps of 0.005. */
export const guaranteeThresholds: readonly number[] = Array.from({ length: 201 }, (_, index) => (200 - index) / 200);

/** A threshold that holds the bound. */
export interface Certificate {
  readonly feasible: true;
  /** Accept drafts whose probability is at least this. */
  readonly threshold: number;
  /** Loss seen on the rows, in points of quality; negative is a gain. */
  readonly loss: number;
  /** Share of questions accepted on the rows. */
  readonly acceptance: number;
  /** Share of the verifier-alone bill saved on the rows. */
  readonly saved: number;
  readonly pValue: number;
  readonly n: number;
}

/** Why no threshold that saves money holds the bound. */
export interface Infeasible {
  readonly feasible: false;
  readonly reason: string;
  /** About how many rows would be needed, going by these; absent when no number would do. */
  readonly needed?: number;
  readonly n: number;
}

/**
 * Finds the cheapest threshold whose quality loss against the verifier is at most `maxQualityLoss` with the given confidence, when the rows are a
 * fair sample of the traffic and the scores were not fitted on them. Accepting nothing always holds, so a threshold counts only if it saves money.
 *
 * Fixed-sequence testing over falling thresholds: Angelopoulos et al., "Learn then test: calibrating predictive algorithms to achieve risk
 * control", 2021. Labels of 0 and 1 get exact tests, scores between them a betting test.
 *
 * @throws {InvalidOptionsError} for options or scores outside their ranges.
 */
export function certify(pairs: readonly JudgedPair[], options: GuaranteeOptions): Certificate | Infeasible {
  const { maxQualityLoss, confidence = 0.95, thresholds = guaranteeThresholds } = options;
  check(pairs, maxQualityLoss, confidence, thresholds);
  const level = 1 - confidence;
  const walker = createWalker(pairs);
  const passed: Step[] = [];
  let stopped: Step | undefined;
  let known: Step | undefined;
  for (const threshold of thresholds) {
    const state = walker.advance(threshold);
    const pValue = known !== undefined && known.accepted === state.accepted ? known.pValue : walker.pValue(maxQualityLoss);
    known = { ...state, threshold, pValue };
    if (pValue > level) {
      stopped = known;
      break;
    }
    passed.push(known);
  }
  const best = cheapest(passed);
  if (best !== undefined) {
    const { threshold, loss, saved, accepted, pValue } = best;
    return { feasible: true, threshold, loss, saved, acceptance: accepted / pairs.length, pValue, n: pairs.length };
  }
  return explain(pairs, stopped, thresholds, maxQualityLoss, level);
}

function check(pairs: readonly JudgedPair[], maxQualityLoss: number, confidence: number, thresholds: readonly number[]): void {
  if (!(maxQualityLoss > 0 && maxQualityLoss < 1)) throw new InvalidOptionsError('maxQualityLoss', `must be above 0 and below 1, is ${maxQualityLoss}`);
  if (!(confidence >= 0.5 && confidence < 1)) throw new InvalidOptionsError('confidence', `must be from 0.5 to below 1, is ${confidence}`);
  const bad = pairs.findIndex((pair) => !(pair.score >= 0 && pair.score <= 1));
  if (bad >= 0) throw new InvalidOptionsError(`pairs[${bad}].score`, `must be a probability from 0 to 1, is ${pairs[bad]?.score}`);
  for (let index = 1; index < thresholds.length; index++) {
    if ((thresholds[index] ?? 0) >= (thresholds[index - 1] ?? 0)) throw new InvalidOptionsError(`thresholds[${index}]`, 'must fall');
  }
}

interface State {
  readonly accepted: number;
  readonly loss: number;
  readonly saved: number;
  readonly variance: number;
}
interface Step extends State {
  readonly threshold: number;
  readonly pValue: number;
}

/** Cheapest of the thresholds that save money: the lowest, unless a cheaper one stands above it. */
function cheapest(steps: readonly Step[]): Step | undefined {
  let best: Step | undefined;
  for (const step of steps) if (step.saved > 0 && (best === undefined || step.saved >= best.saved)) best = step;
  return best;
}

/** Walks thresholds downwards, keeping counts, so that all thresholds together cost one pass over the rows. */
function createWalker(pairs: readonly JudgedPair[]) {
  const sorted = [...pairs].sort((a, b) => b.score - a.score);
  const n = sorted.length;
  const losses = sorted.map((pair) => pair.verifierQuality - pair.draftQuality);
  const binary = losses.every((loss) => loss === 0 || loss === 1 || loss === -1);
  let next = 0;
  let [worse, better, sum, squares, spared, drafts, verifier] = [0, 0, 0, 0, 0, 0, 0];
  for (const pair of sorted) {
    drafts += pair.draftCost;
    verifier += pair.verifierCost;
  }
  return {
    advance(threshold: number): State {
      for (; next < n && (sorted[next]?.score ?? 0) >= threshold; next++) {
        const loss = losses[next] ?? 0;
        if (loss > 0) worse++;
        if (loss < 0) better++;
        sum += loss;
        squares += loss * loss;
        spared += sorted[next]?.verifierCost ?? 0;
      }
      const loss = n === 0 ? 0 : sum / n;
      return { accepted: next, loss, variance: n === 0 ? 0 : squares / n - loss * loss, saved: verifier === 0 ? 0 : (spared - drafts) / verifier };
    },
    pValue: (maxLoss: number) =>
      binary ? lossPValue({ worse, better, n }, maxLoss) : bettingPValue(losses.map((loss, index) => (index < next ? loss : 0)), maxLoss),
  };
}

function explain(pairs: readonly JudgedPair[], stopped: Step | undefined, thresholds: readonly number[], maxLoss: number, level: number): Infeasible {
  const n = pairs.length;
  const walker = createWalker(pairs);
  const saving = thresholds.map((threshold) => ({ threshold, ...walker.advance(threshold) })).filter((state) => state.saved > 0);
  if (saving.length === 0) {
    return { feasible: false, n, reason: 'no threshold saves money on these rows: drafts cost as much as they spare. Use the verifier alone' };
  }
  const hopeful = saving.filter((state) => state.loss < maxLoss);
  if (hopeful.length === 0) {
    const least = Math.min(...saving.map((state) => state.loss));
    return { feasible: false, n, reason: `every threshold that saves money loses ${least.toFixed(3)} or more, which is above ${maxLoss}; more rows would not help` };
  }
  const needed = Math.max(n + 1, Math.min(...hopeful.map((state) => rowsNeeded(state, maxLoss, level))));
  const where = stopped === undefined ? '' : `; testing stopped at threshold ${stopped.threshold} with a loss of ${stopped.loss.toFixed(3)} seen`;
  return { feasible: false, n, needed, reason: `${n} rows are too few to rule out a loss above ${maxLoss}${where}` };
}

/** Rows at which a loss like this would be certified: normal for the spread, never below what no loss at all would need. */
function rowsNeeded({ loss, variance }: State, maxLoss: number, level: number): number {
  const z = normalQuantile(1 - level);
  const spread = (z * z * Math.max(variance, maxLoss * (1 - maxLoss))) / (maxLoss - loss) ** 2;
  return Math.ceil(Math.max(spread, Math.log(level / 2) / Math.log(1 - maxLoss)));
}
