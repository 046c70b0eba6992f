import type { JudgeInput } from '@cascadeflow/contract';
import { toProbability } from '../accept/log-odds.ts';
import { chanceOfAgreeing } from '../consensus/chance.ts';
import { draftView } from '../text/draft-view.ts';
import { requestView } from '../text/request-view.ts';
import { isPlain } from '../text/plain-request.ts';
import type { Outlook } from './outlook.ts';
import { levelBars } from './target.ts';

/**
 * The probability from which a draft is accepted: the plan's, the judge's own, the caller's, or what the verifier is expected to reach less what
 * the level tolerates. `agreement` is that of final answers, where any were compared.
 */
export function barFor(input: JudgeInput, outlook: Outlook, agreement: number | undefined, threshold: number | undefined): number {
  const { target, minProbability, escalation } = input;
  if (minProbability !== undefined) return minProbability;
  if (threshold !== undefined) return threshold;
  if (typeof target === 'object' && 'minProbability' in target) return target.minProbability;
  const verifier = outlook.verifier === undefined ? undefined : toProbability(outlook.verifier);
  if (typeof target === 'object') {
    const tolerated = escalation?.cost === undefined ? 0 : escalation.cost / target.errorCost;
    return hold((verifier ?? 1) - tolerated);
  }
  const { minProbability: unknown, floor, slack } = levelBars[target];
  if (verifier === undefined) return unknown;
  if (input.draft.toolCalls.length > 0) return hold(verifier - slack.plain);
  if (agreement !== undefined) return hold(verifier - (agreement >= 0.75 ? slack.agreed - slack.luck * chanceOfAgreeing(draftView(input.request, input.draft)) : slack.contradicted));
  if (isPlain(requestView(input.request))) return aboveFloor(floor.plain, Math.min(verifier, plainReach), slack.plain);
  // Another opinion costs little, so nobody is taken below the floor before it was heard.
  if (input.canAskOpinion) return Math.max(floor.beforeOpinion, hold(verifier - slack.beforeOpinion));
  return aboveFloor(floor.alone, verifier, slack.alone);
}

/** The verifier's expectation less the slack, and at least the floor, but for drafts that are clearly ahead of the verifier. */
function aboveFloor(floor: number, verifier: number, slack: number): number {
  return Math.max(Math.min(floor, hold(verifier + clearly)), hold(verifier - slack));
}

/** The most that is expected of any verifier on a short everyday request, where graders differ: the best recorded one scores 0.92 on 112 of them (MT-bench 0.937, Arena-Hard 0.909). */
const plainReach = 0.92;

/** How far a draft has to be ahead of the verifier to be taken below the floor. */
const clearly = 0.1;

function hold(bar: number): number {
  return Math.min(1, Math.max(0, bar));
}
