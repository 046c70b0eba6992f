import type { Draft, JudgeInput, ModelInfo } from '@cascadeflow/contract';
import { predictChange } from '../accept/boosted-trees.ts';
import { askedInputs } from '../accept/asked-inputs.ts';
import { toLogOdds } from '../accept/log-odds.ts';
import { aloneInputs, besideInputs, headLogOdds, mixHeads, type DraftStanding, type VerifierStanding } from '../accept/outlook.ts';
import { logPrice, nameClass } from '../accept/strength.ts';
import { toolCallPrior } from '../accept/tool-calls.ts';
import type { AcceptWeights } from '../accept/weights.ts';
import { chanceOfAgreeing } from '../consensus/chance.ts';
import { draftView } from '../text/draft-view.ts';
import { rememberLast } from '../text/remember-last.ts';
import type { Assessment } from './assess.ts';
import type { Heard } from './listen.ts';

/** How things stand once everyone was heard. */
export interface Outlook {
  /** Log-odds that the draft is good. */
  readonly good: number;
  /** Log-odds that the verifier's answer would be good; `undefined` where no verifier is known. */
  readonly verifier?: number;
  /** What each opinion moved the draft's log-odds by, in the order of the opinions. */
  readonly moved: readonly number[];
}

/** What a further opinion counts against the first, whose errors it partly repeats; and a sample of the draft's own model. Chosen by hand, see decision 0032. */
export const furtherShare = 0.6;
/** See {@link furtherShare}. */
export const sampleShare = 0.5;

/** What the agreement of open texts counts against that of final answers, and the overlap from which they say the same. Chosen by hand, see decision 0032. */
export const openShare = 0.3;
/** See {@link openShare}. */
export const openAgreement = 0.5;

/** Puts a draft's own log-odds together with the opinions, for the draft and for the verifier. */
export function outlook(input: JudgeInput, weights: AcceptWeights, assessment: Assessment, opinions: readonly Assessment[], heard: Heard): Outlook {
  const draft = standing(input.draft, input.model, assessment);
  if (input.draft.toolCalls.length > 0) return toolCallOutlook(input, assessment, heard);
  const verifier = input.escalation && verifierStanding(weights, assessment, input.escalation.model);
  /** A flaw that anybody can see says nothing about what the verifier would write. */
  const flawless = { ...draft, own: assessment.flawless };
  const alone = aloneInputs(draft);
  let good = headLogOdds(weights.alone.good, alone.good);
  let escalated = headLogOdds(weights.alone.verifier, aloneInputs(flawless, verifier).verifier);
  const goodAlone = good;
  const escalatedAlone = escalated;
  const moved: number[] = [];
  opinions.forEach((opinion, index) => {
    const from = input.opinions?.[index];
    const value = heard.agreements[index];
    if (!from || value === undefined) return;
    const chance = chanceOfAgreeing(draftView(input.request, input.draft));
    const beside = besideInputs(draft, standing(from, undefined, opinion), chance);
    const next = besideInputs(flawless, { ...standing(from, undefined, opinion), own: opinion.flawless }, chance, verifier);
    const exact = heard.exact[index] === true;
    const share = (from.model === input.draft.model ? sampleShare : index === 0 ? 1 : furtherShare) * (exact ? 1 : openShare);
    const agrees = exact ? value : Math.min(1, value / openAgreement);
    const step = share * (mixHeads(agrees, (agreed) => headLogOdds((agreed ? weights.agreed : weights.contradicted).good, beside.good)) - goodAlone);
    good += step;
    moved.push(step);
    escalated += share * (mixHeads(agrees, (agreed) => headLogOdds((agreed ? weights.agreed : weights.contradicted).verifier, next.verifier)) - escalatedAlone);
  });
  return verifier ? { good, moved, verifier: escalated } : { good, moved };
}

/** Log-odds that an opinion adds to a draft that calls tools, when it calls the same with the same arguments and when it does not; chosen by hand. */
const callShift = { agree: 1, contradict: -1.5 };

function toolCallOutlook(input: JudgeInput, assessment: Assessment, heard: Heard): Outlook {
  const moved = heard.agreements.map((value) => callShift.contradict + value * (callShift.agree - callShift.contradict));
  const good = moved.reduce((sum, step) => sum + step, assessment.logOdds);
  return { good, moved, ...(input.escalation && { verifier: toolCallPrior(nameClass(input.escalation.model.name) ?? 0) }) };
}

/** Weight of a model judge's log-odds; chosen by hand, see decision 0032. */
const judgementWeight = 0.5;

/** Log-odds that a model judge's word adds. */
export function judgementStep(judgement: number): number {
  return judgementWeight * toLogOdds(Math.min(0.99, Math.max(0.01, judgement)));
}

function standing(draft: Draft, model: ModelInfo | undefined, assessment: Assessment): DraftStanding {
  return { own: assessment.logOdds, ability: nameClass(model?.name ?? draft.model) ?? 0, logPrice: model && logPrice(model) };
}

/** Where a model's ability and its price stand among the features. */
const placesOf = rememberLast((features: readonly string[]) => ({ ability: features.indexOf('model-class'), price: features.indexOf('model-price') }));

function verifierStanding(weights: AcceptWeights, { row, fitted }: Assessment, model: ModelInfo): VerifierStanding {
  const price = logPrice(model);
  const ability = nameClass(model.name);
  const places = placesOf(weights.features);
  const changes = [[places.ability, ability ?? Number.NaN], [places.price, price ?? Number.NaN]] as const;
  return { asIfWritten: fitted + predictChange(weights.draft, row, changes), ability: ability ?? 0, logPrice: price, asked: askedInputs(weights.features, row) };
}
