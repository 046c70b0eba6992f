import type { CascadeResult, FinishReason, ReasoningPart, TokenLogprob, ToolCall } from '@cascadeflow/contract';
import { toDecision } from '../decision.ts';
import { toChatUsage } from './openai-chat-usage.ts';

const finishWords: { readonly [kind in FinishReason['unified']]: string } = {
  stop: 'stop',
  length: 'length',
  'tool-calls': 'tool_calls',
  'content-filter': 'content_filter',
  error: 'stop',
  other: 'stop',
};

/** Chat Completions' word for why a model stopped. */
export function toChatFinish(reason: FinishReason): string {
  return finishWords[reason.unified];
}

/** The id of a completion. */
export function toChatId(runId: string): string {
  return `chatcmpl-${runId}`;
}

/** A tool call on the wire. */
export function toChatToolCall(call: ToolCall): object {
  return { id: call.id, type: 'function', function: { name: call.name, arguments: call.arguments } };
}

/** Log probabilities on the wire, or null where the answer has none. */
export function toChatLogprobs(tokens: readonly TokenLogprob[] | undefined): object | null {
  if (!tokens) return null;
  const encoder = new TextEncoder();
  const toToken = ({ token, logprob }: { token: string; logprob: number }) => ({ token, logprob, bytes: [...encoder.encode(token)] });
  return { content: tokens.map((token) => ({ ...toToken(token), top_logprobs: (token.top ?? []).map(toToken) })), refusal: null };
}

/** Visible thinking of an answer; OpenAI's own models show none, others put it into `reasoning_content`. */
export function reasoningOf(result: CascadeResult): readonly ReasoningPart[] {
  const answer = result.messages.at(-1);
  return answer?.role === 'assistant' ? (answer.reasoning ?? []) : [];
}

/** The answers of one request as a `chat.completion`. */
export function toChatCompletion(results: readonly CascadeResult[], created: number, details: boolean): object {
  const first = results[0] as CascadeResult;
  const usage = toChatUsage(results);
  return {
    id: toChatId(first.runId),
    object: 'chat.completion',
    created,
    model: first.modelUsed,
    choices: results.map((result, index) => ({
      index,
      message: toChatMessage(result),
      logprobs: toChatLogprobs(result.logprobs),
      finish_reason: isRefusal(result) ? 'stop' : toChatFinish(result.finishReason),
    })),
    ...(usage && { usage }),
    ...(details && { cascade: results.length === 1 ? toDecision(first) : results.map(toDecision) }),
  };
}

function toChatMessage(result: CascadeResult): object {
  const { content, toolCalls } = result;
  const thoughts = reasoningOf(result).map((part) => part.text).join('');
  return {
    role: 'assistant',
    content: isRefusal(result) || (content === '' && toolCalls.length > 0) ? null : content,
    refusal: isRefusal(result) ? content : null,
    ...(thoughts !== '' && { reasoning_content: thoughts }),
    ...(toolCalls.length > 0 && { tool_calls: toolCalls.map(toChatToolCall) }),
  };
}

/** True when the vendor said that the model refused. */
function isRefusal({ finishReason }: CascadeResult): boolean {
  return finishReason.unified === 'content-filter' && finishReason.raw === 'refusal';
}
