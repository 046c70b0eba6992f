import type { CascadeResult } from '@cascadeflow/contract';
import { AIMessage } from '@langchain/core/messages';
import type { ChildCall, RunContext } from '../child/run-context.ts';
import { splitCalls } from '../translate/to-messages.ts';
import { toUsageMetadata } from '../translate/usage.ts';
import { toDecision } from './decision.ts';

/** The call whose answer was taken, as LangChain gave it. */
export function chosenCall(result: CascadeResult, context: RunContext | undefined): ChildCall | undefined {
  const chosen = result.attempts.findLast((attempt) => attempt.chosen);
  if (!chosen) return undefined;
  const place = result.attempts.filter((other) => other.model === chosen.model && other.role !== 'judge' && other.attempt < chosen.attempt).length;
  return context?.calls.get(chosen.model)?.[place];
}

/** The answer: the chosen model's own message, with the tokens of all calls and the decision added. */
export function toMessage(result: CascadeResult, context?: RunContext): AIMessage {
  const whole = chosenCall(result, context)?.whole;
  const own = whole ?? plainMessage(result);
  // LangChain puts the tokens of this call there itself.
  const { tokenUsage, ...facts } = own.response_metadata as { readonly [key: string]: unknown };
  const message = new AIMessage({
    content: own.content,
    additional_kwargs: own.additional_kwargs,
    response_metadata: { ...facts, cascade: toDecision(result) },
    ...(own.tool_calls && { tool_calls: own.tool_calls }),
    ...(own.invalid_tool_calls && { invalid_tool_calls: own.invalid_tool_calls }),
    ...(isVendorId(own.id) && { id: own.id }),
    ...(own.name !== undefined && { name: own.name }),
  });
  return Object.assign(message, { usage_metadata: toUsageMetadata(result.usage) });
}

/** LangChain names messages after its runs where a vendor gives no id; a child's run is not the caller's. */
export function isVendorId(id: string | undefined): id is string {
  return id !== undefined && !id.startsWith('run-');
}

function plainMessage(result: CascadeResult): AIMessage {
  const { valid, invalid } = splitCalls(result.toolCalls);
  return new AIMessage({
    content: result.content,
    tool_calls: valid,
    invalid_tool_calls: invalid,
    response_metadata: { model_name: result.modelUsed, model_provider: result.provider, finish_reason: result.finishReason.raw ?? result.finishReason.unified },
  });
}
