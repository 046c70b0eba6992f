import type { CascadeResult, FinishReason, ReasoningPart, ToolCall, Usage } from '@cascadeflow/contract';
import { toDecision } from '../decision.ts';
import { chosenUsage } from './openai-chat-usage.ts';
import { reasoningOf } from './openai-chat-response.ts';

const stopWords: { readonly [kind in FinishReason['unified']]: string } = {
  stop: 'end_turn',
  length: 'max_tokens',
  'tool-calls': 'tool_use',
  'content-filter': 'refusal',
  error: 'end_turn',
  other: 'end_turn',
};

/** Words of the vendor's own that say more than ours. */
const ownWords = new Set(['stop_sequence', 'pause_turn', 'model_context_window_exceeded']);

/** The Messages API's word for why a model stopped. */
export function toStopReason({ unified, raw }: FinishReason): string {
  return raw !== undefined && ownWords.has(raw) ? raw : stopWords[unified];
}

/** The id of a message. */
export function toMessageId(runId: string): string {
  return `msg_${runId.replaceAll('-', '')}`;
}

/** The Messages API's `usage`: cached tokens are counted beside the input, thinking within the output. Unknown counts are 0: clients add them up. */
export function toAnthropicUsage(usage: Usage | undefined): { readonly input_tokens: number; readonly output_tokens: number } {
  return {
    input_tokens: usage?.input ?? 0,
    output_tokens: (usage?.output ?? 0) + (usage?.reasoning ?? 0),
    ...(usage?.cachedInput !== undefined && { cache_read_input_tokens: usage.cachedInput }),
    ...(usage?.cacheWrite !== undefined && { cache_creation_input_tokens: usage.cacheWrite }),
  };
}

/** Arguments as an object; what a model wrote wrongly is kept as text under `arguments`. */
export function toToolInput(call: ToolCall): object {
  try {
    const input: unknown = JSON.parse(call.arguments === '' ? '{}' : call.arguments);
    if (typeof input === 'object' && input !== null && !Array.isArray(input)) return input;
  } catch {
    // Told below.
  }
  return { arguments: call.arguments };
}

/** A piece of thinking as a block. Without the vendor's signature it must not be sent back, which an empty one says. */
export function toThinkingBlock(part: ReasoningPart): object {
  return part.redacted === undefined ? { type: 'thinking', thinking: part.text, signature: part.signature ?? '' } : { type: 'redacted_thinking', data: part.redacted };
}

/** The answer as a `message`. */
export function toAnthropicMessage(result: CascadeResult, details: boolean): object {
  const { content, toolCalls } = result;
  return {
    id: toMessageId(result.runId),
    type: 'message',
    role: 'assistant',
    model: result.modelUsed,
    content: [
      ...signedThinking(result).map(toThinkingBlock),
      ...(content === '' ? [] : [{ type: 'text', text: content, citations: null }]),
      ...toolCalls.map((call) => ({ type: 'tool_use', id: call.id, name: call.name, input: toToolInput(call) })),
    ],
    stop_reason: toStopReason(result.finishReason),
    stop_sequence: null,
    usage: toAnthropicUsage(chosenUsage(result)),
    ...(details && { cascade: toDecision(result) }),
  };
}

/** Thinking that Claude signed: other models' cannot be sent back, and clients send back all they get. */
export function signedThinking(result: CascadeResult): readonly ReasoningPart[] {
  return reasoningOf(result).filter((part) => part.signature !== undefined || part.redacted !== undefined);
}
