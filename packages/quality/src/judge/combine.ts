import { InvalidOptionsError, type Judge, type JudgeInput, type Outcome, type SignalReading, type Verdict } from '@cascadeflow/contract';
import { toLogOdds, toProbability } from '../accept/log-odds.ts';
import { explain } from './explain.ts';

/** Accepts a draft when every judge does. The verdict is that of the judge with the least to spare; a veto of any judge stands. */
export function allOf(...judges: readonly Judge[]): Judge {
  return combine('allOf', judges, (verdicts) => verdicts.reduce((least, verdict) => (margin(verdict) < margin(least) ? verdict : least)));
}

/** Accepts a draft when at least one judge does. The verdict is that of the judge with the most to spare; a veto of any judge stands. */
export function anyOf(...judges: readonly Judge[]): Judge {
  return combine('anyOf', judges, (verdicts) => verdicts.reduce((most, verdict) => (margin(verdict) > margin(most) ? verdict : most)));
}

/** A judge and how much its word counts. */
export interface WeightedJudge {
  readonly judge: Judge;
  /** Above 0; only the ratios matter. */
  readonly weight: number;
}

/**
 * Averages the log-odds of several judges by weight, and their bars likewise; a veto of any judge stands.
 *
 * @throws InvalidOptionsError for a weight that is not above 0.
 */
export function weighted(judges: readonly WeightedJudge[], options: { readonly threshold?: number } = {}): Judge {
  judges.forEach(({ weight }, index) => {
    if (!(weight > 0 && Number.isFinite(weight))) throw new InvalidOptionsError(`judges[${index}].weight`, `give a number above 0; got ${String(weight)}`);
  });
  const { threshold: own } = options;
  if (own !== undefined && !(own >= 0 && own <= 1)) throw new InvalidOptionsError('threshold', `give a probability from 0 to 1; got ${String(own)}`);
  const sum = judges.reduce((total, { weight }) => total + weight, 0);
  return combine('weighted', judges.map(({ judge }) => judge), (verdicts, input) => {
    const mean = (read: (verdict: Verdict) => number) => verdicts.reduce((total, verdict, index) => total + read(verdict) * (judges[index]?.weight ?? 0), 0) / sum;
    const probability = toProbability(mean((verdict) => toLogOdds(verdict.probability)));
    const threshold = input.minProbability ?? own ?? mean((verdict) => verdict.threshold);
    const first = verdicts[0] as Verdict;
    const verdict = { ...first, probability, threshold, accept: probability >= threshold, signals: merge(verdicts) };
    return { ...verdict, reason: explain(verdict) };
  });
}

function combine(name: string, judges: readonly Judge[], choose: (verdicts: readonly Verdict[], input: JudgeInput) => Verdict): Judge {
  if (judges.length === 0) throw new InvalidOptionsError('judges', `${name} needs at least one judge`);
  const conclude = (verdicts: readonly Verdict[], input: JudgeInput): Verdict => {
    const vetoed = verdicts.find((verdict) => verdict.veto !== undefined);
    const { wantsOpinion: _own, ...chosen } = vetoed ?? choose(verdicts, input);
    const wants = !chosen.accept && !vetoed && verdicts.some((verdict) => verdict.wantsOpinion);
    return { ...chosen, accept: chosen.accept && !vetoed, signals: merge(verdicts), ...(wants && { wantsOpinion: true }) };
  };
  const judge = (input: JudgeInput) => {
    const verdicts = judges.map((one) => one(input));
    return verdicts.some((verdict) => verdict instanceof Promise) ? Promise.all(verdicts.map(async (verdict) => verdict)).then((all) => conclude(all, input)) : conclude(verdicts as Verdict[], input);
  };
  if (!judges.some((one) => one.learn)) return judge;
  return Object.assign(judge, {
    learn(outcome: Outcome) {
      for (const one of judges) one.learn?.(outcome);
    },
  });
}

function margin(verdict: Verdict): number {
  return verdict.probability - verdict.threshold;
}

/** The readings of all verdicts, each signal once, as the first judge that read it has it. */
function merge(verdicts: readonly Verdict[]): SignalReading[] {
  const merged = new Map<string, SignalReading>();
  for (const { signals } of verdicts) for (const signal of signals) if (!merged.has(signal.name)) merged.set(signal.name, signal);
  return [...merged.values()];
}
