import type { JudgeInput, SignalReading, Verdict } from '@cascadeflow/contract';
import { toProbability } from '../accept/log-odds.ts';
import type { AcceptWeights } from '../accept/weights.ts';
import type { Assessment } from './assess.ts';
import { barFor } from './bar.ts';
import { explain } from './explain.ts';
import type { Heard } from './listen.ts';
import { judgementStep, outlook, type Outlook } from './outlook.ts';
import { levelBars } from './target.ts';

/** Cosine of request and draft below which a draft is off the topic, and the log-odds at a cosine of 0; see decision 0032. */
export const alignmentRule = { below: 0.15, weight: -3 };

/** Puts together what the draft says of itself and what others say of it, and holds it against the bar. */
export function decide(
  input: JudgeInput,
  weights: AcceptWeights,
  assessment: Assessment,
  opinions: readonly Assessment[],
  heard: Heard,
  threshold: number | undefined,
): Verdict {
  const readings: SignalReading[] = assessment.readings.slice();
  const view = outlook(input, weights, assessment, opinions, heard);
  let logOdds = view.good;
  heard.agreements.forEach((value, index) => readings.push({ name: index === 0 ? 'agreement' : `agreement-${index + 1}`, value, weight: view.moved[index] ?? 0 }));
  const note = (name: string, value: number, weight: number) => {
    logOdds += weight;
    readings.push({ name, value, weight });
  };
  if (input.judgement !== undefined) note('model-judge', input.judgement, judgementStep(input.judgement));
  if (heard.alignment !== undefined) note('alignment', heard.alignment, alignmentRule.weight * Math.max(0, 1 - heard.alignment / alignmentRule.below));
  const vetoed = assessment.veto !== undefined;
  const probability = vetoed ? 0 : toProbability(logOdds);
  const agreement = mean(heard.agreements);
  const compared = heard.agreements.filter((_, index) => heard.exact[index]);
  const bar = barFor(input, view, mean(compared), threshold);
  const accept = !vetoed && probability >= bar;
  const verdict: { -readonly [Field in keyof Verdict]: Verdict[Field] } = { accept, probability, threshold: bar, signals: readings, reason: '' };
  if (assessment.veto !== undefined) verdict.veto = assessment.veto;
  if (agreement !== undefined) verdict.agreement = agreement;
  verdict.reason = explain(verdict, accept ? hardlyMore(input, view, verdict) : undefined);
  if (!accept && !vetoed && input.canAskOpinion === true) verdict.wantsOpinion = true;
  return verdict;
}

/** What the verifier is expected to reach, where a draft below the level's usual bar was accepted because that is hardly more. */
function hardlyMore({ target }: JudgeInput, { verifier }: Outlook, { probability, threshold }: Verdict): number | undefined {
  if (verifier === undefined || typeof target === 'object') return undefined;
  const usual = levelBars[target].minProbability;
  return probability < usual && threshold < usual ? toProbability(verifier) : undefined;
}

function mean(values: readonly number[]): number | undefined {
  return values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : undefined;
}
