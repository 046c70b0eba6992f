import type { CascadeResult, TokenLogprob, ToolCall } from '@cascadeflow/contract';
import { toDecision } from '../decision.ts';
import { reasoningOf } from './openai-chat-response.ts';
import { chosenUsage } from './openai-chat-usage.ts';
import type { ResponsesBody } from './responses-schema.ts';

/** What a response repeats of its request. */
export type ResponsesFrame = Pick<ResponsesBody, 'instructions' | 'max_output_tokens' | 'metadata' | 'parallel_tool_calls' | 'temperature' | 'text' | 'tool_choice' | 'tools' | 'top_p' | 'user' | 'reasoning'> & {
  /** Seconds since 1970. */
  readonly createdAt: number;
};

/** The id of a response. */
export function toResponseId(runId: string): string {
  return `resp_${runId}`;
}

/** A response that has begun, or that is whole when `result` is given. */
export function toResponse(frame: ResponsesFrame, runId: string, model: string, output: readonly object[], result: CascadeResult | undefined, details = false): object {
  const reason = result && incompleteReason(result);
  return {
    id: toResponseId(runId),
    object: 'response',
    created_at: frame.createdAt,
    status: result === undefined ? 'in_progress' : reason === undefined ? 'completed' : 'incomplete',
    error: null,
    incomplete_details: reason === undefined ? null : { reason },
    instructions: frame.instructions ?? null,
    max_output_tokens: frame.max_output_tokens ?? null,
    model,
    output,
    parallel_tool_calls: frame.parallel_tool_calls ?? true,
    previous_response_id: null,
    reasoning: { effort: frame.reasoning?.effort ?? null, summary: null },
    store: false,
    temperature: frame.temperature ?? null,
    text: frame.text ?? { format: { type: 'text' } },
    tool_choice: frame.tool_choice ?? 'auto',
    tools: frame.tools ?? [],
    top_p: frame.top_p ?? null,
    truncation: 'disabled',
    usage: (result && toUsage(result)) ?? null,
    user: frame.user ?? null,
    metadata: frame.metadata ?? {},
    ...(details && result && { cascade: toDecision(result) }),
  };
}

/** Everything an answer is made of, in its order: thinking, text, calls. */
export function toOutput(result: CascadeResult): object[] {
  const thoughts = reasoningOf(result).map((part) => part.text).filter((text) => text !== '');
  return [
    ...(thoughts.length > 0 ? [toReasoningItem(result.runId, thoughts.join('\n'))] : []),
    ...(result.content === '' && result.toolCalls.length > 0 ? [] : [toMessageItem(result.runId, result)]),
    ...result.toolCalls.map((call, index) => toCallItem(result.runId, index, call)),
  ];
}

/** The text of an answer as an item. */
export function toMessageItem(runId: string, { content, logprobs, finishReason }: Pick<CascadeResult, 'content' | 'finishReason'> & { readonly logprobs?: readonly TokenLogprob[] | undefined }): object {
  const isRefusal = finishReason.unified === 'content-filter' && finishReason.raw === 'refusal';
  const part = isRefusal ? { type: 'refusal', refusal: content } : toTextPart(content, logprobs);
  return { id: `msg_${runId}`, type: 'message', role: 'assistant', status: finishReason.unified === 'length' ? 'incomplete' : 'completed', content: [part] };
}

/** A piece of text with its log probabilities. */
export function toTextPart(text: string, logprobs?: readonly TokenLogprob[]): object {
  return { type: 'output_text', text, annotations: [], logprobs: (logprobs ?? []).map(toLogprob) };
}

function toLogprob({ token, logprob, top }: TokenLogprob): object {
  const bytes = (text: string) => [...new TextEncoder().encode(text)];
  return { token, logprob, bytes: bytes(token), top_logprobs: (top ?? []).map((one) => ({ token: one.token, logprob: one.logprob, bytes: bytes(one.token) })) };
}

/** A tool call as an item. */
export function toCallItem(runId: string, index: number, { id, name, arguments: args }: ToolCall, isOpen = false): { readonly id: string; readonly [field: string]: unknown } {
  return { id: `fc_${runId}_${index}`, type: 'function_call', call_id: id, name, arguments: isOpen ? '' : args, status: isOpen ? 'in_progress' : 'completed' };
}

/** Visible thinking as an item. */
export function toReasoningItem(runId: string, text: string): object {
  return { id: `rs_${runId}`, type: 'reasoning', summary: [{ type: 'summary_text', text }] };
}

/** Why a response is not whole, in the API's word. */
export function incompleteReason({ finishReason }: CascadeResult): string | undefined {
  if (finishReason.unified === 'length') return 'max_output_tokens';
  return finishReason.unified === 'content-filter' && finishReason.raw !== 'refusal' ? 'content_filter' : undefined;
}

function toUsage(result: CascadeResult): object | undefined {
  const usage = chosenUsage(result);
  if (!usage) return undefined;
  const input = (usage.input ?? 0) + (usage.cachedInput ?? 0) + (usage.cacheWrite ?? 0);
  const output = (usage.output ?? 0) + (usage.reasoning ?? 0);
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: usage.cachedInput ?? 0 },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: usage.reasoning ?? 0 },
    total_tokens: input + output,
  };
}
