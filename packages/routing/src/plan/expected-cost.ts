import { costOfUsage, type ModelInfo } from '@cascadeflow/contract';
import type { Needs } from './preflight.ts';

/** Answer tokens a call is expected to write when nothing else is known. The median over recorded answers of chat models is near it. */
export const typicalAnswerTokens = 300;

/** How much of the prompt is expected to come from the vendor's cache. */
export interface CacheState {
  readonly cachedTokens: number;
}

/** Expected cost of one call in USD, or `undefined` when the model has no price. */
export function expectedCost(model: ModelInfo, needs: Needs, cache?: CacheState): number | undefined {
  const price = model.price;
  if (!price) return undefined;
  const cached = Math.min(cache?.cachedTokens ?? 0, needs.promptTokens);
  const answer = Math.min(needs.answerTokens, typicalAnswerTokens);
  return costOfUsage({ input: needs.promptTokens - cached, cachedInput: cached, output: answer }, price);
}

/**
 * True when drafting first is expected to cost less than going straight to the dearer model: the chance that the draft is accepted must
 * exceed the price ratio. Without both prices the answer is `true`, because a draft is the safe bet.
 */
export function draftPays(acceptChance: number, draftCost: number | undefined, directCost: number | undefined): boolean {
  if (draftCost === undefined || directCost === undefined) return true;
  if (directCost === 0) return draftCost === 0;
  return acceptChance > draftCost / directCost;
}
