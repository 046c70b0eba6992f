import { type AttemptBill, type ModelRequest, ProviderError, toText, type Usage } from '@cascadeflow/contract';
import type { Attempt } from './attempt.ts';
import { fromPico, priceOf, toPico } from './money.ts';

/** Tokens a vendor adds around each message; the usual figure for chat formats. */
const tokensPerMessage = 4;

/** Failures that vendors do not charge for: the request was turned away before a model read it. */
const unbilled = new Set(['rate-limit', 'overloaded', 'server', 'network', 'auth', 'permission', 'not-found', 'bad-request', 'context-length', 'quota', 'unavailable']);

/** What a finished call is to be billed: what the provider reported, else nothing for a call turned away, else an estimate marked as such. */
export function billOf(attempt: Attempt, estimateTokens: (text: string) => number): AttemptBill {
  const { price } = attempt.from;
  const reported = attempt.end?.usage;
  if (attempt.end?.reportedCost !== undefined) {
    return { ...(reported && { usage: reported }), cost: fromPico(toPico(attempt.end.reportedCost)), estimated: false };
  }
  if (reported) {
    const pico = price && priceOf(reported, price);
    return pico === undefined ? { usage: reported, estimated: false } : { usage: reported, cost: fromPico(pico), estimated: false };
  }
  const turnedAway = attempt.error instanceof ProviderError && unbilled.has(attempt.error.kind) && attempt.firstMs === undefined;
  if (turnedAway) return { cost: 0, estimated: false };
  const usage = estimateUsage(attempt, estimateTokens);
  const pico = price && priceOf(usage, price);
  return { usage, ...(pico !== undefined && { cost: fromPico(pico) }), estimated: true };
}

/** What was last estimated: several policies ask about the same request in turn. */
let latest: { readonly messages: ModelRequest['messages']; readonly tools: ModelRequest['tools']; readonly estimateTokens: (text: string) => number; readonly tokens: number } | undefined;

/** Tokens of a request by estimate. */
export function estimateInput({ messages, tools }: ModelRequest, estimateTokens: (text: string) => number): number {
  if (latest?.messages !== messages || latest.tools !== tools || latest.estimateTokens !== estimateTokens) {
    latest = { messages, tools, estimateTokens, tokens: countInput(messages, tools, estimateTokens) };
  }
  return latest.tokens;
}

function countInput(messages: ModelRequest['messages'], tools: ModelRequest['tools'], estimateTokens: (text: string) => number): number {
  let tokens = 0;
  for (const message of messages) tokens += estimateTokens(toText(message)) + tokensPerMessage;
  for (const tool of tools ?? []) tokens += estimateTokens(tool.name + (tool.description ?? '') + JSON.stringify(tool.parameters));
  return tokens;
}

function estimateUsage(attempt: Attempt, estimateTokens: (text: string) => number): Usage {
  let written = attempt.content;
  for (const call of attempt.toolCalls) written += call.name + call.arguments;
  const thought = attempt.reasoning.map((part) => part.text).join('');
  return {
    input: estimateInput(attempt.request, estimateTokens),
    output: written === '' ? 0 : estimateTokens(written),
    ...(thought !== '' && { reasoning: estimateTokens(thought) }),
  };
}
