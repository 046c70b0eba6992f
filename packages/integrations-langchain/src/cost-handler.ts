import { CascadeError } from '@cascadeflow/contract';
import { BaseCallbackHandler } from '@langchain/core/callbacks/base';
import type { AIMessage, UsageMetadata } from '@langchain/core/messages';
import type { ChatGeneration, LLMResult } from '@langchain/core/outputs';
import { readDecision } from './answer/decision.ts';

/** What a {@link CascadeCostHandler} has added up. Money in USD. */
export interface CascadeTotals {
  /** Cascades that ended, failed ones included. */
  readonly runs: number;
  readonly failed: number;
  readonly draftsAccepted: number;
  readonly escalated: number;
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly totalTokens: number;
  /** Sum of the known costs. */
  readonly totalCost: number;
  readonly costSaved: number;
  /** True when some call's price or usage was unknown, so that the true cost is higher. */
  readonly pricingIncomplete: boolean;
}

const nothing: CascadeTotals = {
  runs: 0, failed: 0, draftsAccepted: 0, escalated: 0, inputTokens: 0, outputTokens: 0, totalTokens: 0, totalCost: 0, costSaved: 0, pricingIncomplete: false,
};

/**
 * Adds up what cascades cost, over as many calls, chains and agents as it is handed to as a callback. Only the cascades' own runs count: their
 * drafters and verifiers are in them. Answers from LangChain's cache cost nothing.
 */
export class CascadeCostHandler extends BaseCallbackHandler {
  override name = 'cascade_cost_handler';
  /** LangChain then waits for this handler, so that totals are right as soon as a call has returned. */
  override awaitHandlers = true;
  #totals: CascadeTotals = nothing;

  /** The sums so far. */
  get totals(): CascadeTotals {
    return this.#totals;
  }

  /** Starts again from nothing. */
  reset(): void {
    this.#totals = nothing;
  }

  override handleLLMEnd(output: LLMResult, _runId?: string, _parentRunId?: string, _tags?: string[], extra?: Record<string, unknown>): void {
    if (extra?.['cached'] === true) return;
    for (const generation of output.generations.flat()) this.#add((generation as ChatGeneration | undefined)?.message as AIMessage | undefined);
  }

  override handleLLMError(error: unknown): void {
    if (!CascadeError.is(error) || !error.spend) return;
    const { totalCost, pricingIncomplete } = error.spend;
    this.#totals = {
      ...this.#totals,
      runs: this.#totals.runs + 1,
      failed: this.#totals.failed + 1,
      totalCost: this.#totals.totalCost + (totalCost ?? 0),
      pricingIncomplete: this.#totals.pricingIncomplete || pricingIncomplete,
    };
  }

  #add(message: AIMessage | undefined): void {
    const decision = readDecision(message);
    if (!message || !decision) return;
    const sum = this.#totals;
    const usage = message.usage_metadata as UsageMetadata | undefined;
    this.#totals = {
      ...sum,
      runs: sum.runs + 1,
      draftsAccepted: sum.draftsAccepted + (decision.draftAccepted ? 1 : 0),
      escalated: sum.escalated + ((decision.escalations ?? 0) > 0 ? 1 : 0),
      inputTokens: sum.inputTokens + (usage?.input_tokens ?? 0),
      outputTokens: sum.outputTokens + (usage?.output_tokens ?? 0),
      totalTokens: sum.totalTokens + (usage?.total_tokens ?? 0),
      totalCost: sum.totalCost + (decision.totalCost ?? 0),
      costSaved: sum.costSaved + (decision.costSaved ?? 0),
      pricingIncomplete: sum.pricingIncomplete || decision.pricingIncomplete === true,
    };
  }
}
