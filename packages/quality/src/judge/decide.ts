import type { JudgeInput, SignalReading, Verdict } from '@cascadeflow/contract';
import { alignmentRule, judgementWeight, opinionShift, sampleShare } from '../accept/consensus-shift.ts';
import { toLogOdds, toProbability } from '../accept/log-odds.ts';
import type { AcceptWeights } from '../accept/weights.ts';
import type { Assessment } from './assess.ts';
import { barFor } from './bar.ts';
import { explain } from './explain.ts';
import type { Heard } from './listen.ts';

/** Puts together what the draft says of itself and what others say of it, and holds it against the bar. */
export function decide(input: JudgeInput, weights: AcceptWeights, assessment: Assessment, heard: Heard, threshold: number | undefined): Verdict {
  const readings: SignalReading[] = [...assessment.readings];
  let logOdds = assessment.logOdds;
  const note = (name: string, value: number, weight: number) => {
    logOdds += weight;
    readings.push({ name, value, weight });
  };
  heard.agreements.forEach((value, index) => {
    const share = input.opinions?.[index]?.model === input.draft.model ? sampleShare : 1;
    note(index === 0 ? 'agreement' : `agreement-${index + 1}`, value, share * (opinionShift.disagree + value * (opinionShift.agree - opinionShift.disagree)));
  });
  if (input.judgement !== undefined) note('model-judge', input.judgement, judgementWeight * toLogOdds(Math.min(0.99, Math.max(0.01, input.judgement))));
  if (heard.alignment !== undefined) note('alignment', heard.alignment, alignmentRule.weight * Math.max(0, 1 - heard.alignment / alignmentRule.below));
  const probability = assessment.veto === undefined ? toProbability(logOdds) : 0;
  const bar = barFor(input, weights, assessment, threshold);
  const accept = assessment.veto === undefined && probability >= bar;
  const agreement = heard.agreements.length > 0 ? heard.agreements.reduce((sum, value) => sum + value, 0) / heard.agreements.length : undefined;
  const verdict = { accept, probability, threshold: bar, signals: readings, ...(assessment.veto !== undefined && { veto: assessment.veto }), ...(agreement !== undefined && { agreement }) };
  const wantsOpinion = !accept && assessment.veto === undefined && input.canAskOpinion === true;
  return { ...verdict, reason: explain(verdict), ...(wantsOpinion && { wantsOpinion }) };
}
