import { labelByGold, priceOf } from '@cascadeflow/calibration';
import { CascadeError, type Model, type ModelEvent, type ModelRequest, type Price, type TokenLogprob, type ToolCall, type Trace, type TraceAnswer, traceVersion } from '@cascadeflow/contract';
import { agreement } from '@cascadeflow/quality';
import type { RecordedPrompt } from './prompts-file.ts';

/** A model to record, with its price where it is known. */
export interface RecordedTier {
  readonly model: Model;
  readonly price?: Price;
}

/** One model's answer, or why there is none. */
export type Recording = { readonly answer: TraceAnswer } | { readonly model: string; readonly failure: string };

/** SHA-256 of what was asked, as agents write it into their traces. */
export async function hashRequest({ messages }: ModelRequest): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(messages.map(({ role, content }) => [role, content]))));
  return Buffer.from(digest).toString('hex');
}

/** Asks one model and keeps all that it said. A failure is told, not thrown: the other models' answers are kept. */
export async function recordAnswer(tier: RecordedTier, place: number, request: ModelRequest, signal: AbortSignal): Promise<Recording> {
  const started = performance.now();
  const recording = await keepAnswer(tier, place, tier.model.stream(request, { signal }), signal);
  return 'answer' in recording ? { answer: { ...recording.answer, latencyMs: performance.now() - started } } : recording;
}

/** Keeps what a model says. */
export async function keepAnswer({ model, price }: RecordedTier, tier: number, events: AsyncIterable<ModelEvent> | Iterable<ModelEvent>, signal: AbortSignal): Promise<Recording> {
  const toolCalls: ToolCall[] = [];
  let content = '';
  let end: Partial<TraceAnswer> = { complete: false };
  const logprobs: TokenLogprob[] = [];
  try {
    for await (const event of events) {
      if (event.type === 'text-delta') content += event.text;
      else if (event.type === 'tool-call') toolCalls.push(event.call);
      else if (event.type === 'logprobs') logprobs.push(...event.tokens);
      else if (event.type === 'end') {
        const cost = event.reportedCost ?? (price === undefined ? undefined : priceOf(event.usage, price));
        end = { complete: true, finishReason: event.finishReason, ...(event.usage !== undefined && { usage: event.usage }), ...(cost !== undefined && { cost }) };
      }
    }
  } catch (error) {
    signal.throwIfAborted();
    if (!CascadeError.is(error)) throw error;
    return { model: model.id, failure: error.message };
  }
  signal.throwIfAborted();
  if (end.complete !== true) return { model: model.id, failure: 'the answer was cut off' };
  return { answer: { provider: model.provider, model: model.id, tier, content, toolCalls, ...(logprobs.length > 0 && { logprobs }), ...end } };
}

/** Puts recorded answers into a trace, labelled by the right answer where there is one. */
export async function toTrace({ request, gold }: RecordedPrompt, answers: readonly TraceAnswer[], tiers: readonly RecordedTier[], mode: 'record' | 'observe'): Promise<Trace> {
  const requestHash = await hashRequest(request);
  const trace: Trace = {
    version: traceVersion,
    runId: `record-${requestHash}`,
    time: new Date().toISOString(),
    mode,
    request,
    requestHash,
    models: tiers.map(({ model, price }, tier) => ({ name: model.id, provider: model.provider, tier, capabilities: model.capabilities, ...(price !== undefined && { price }) })),
    target: 'balanced',
    answers,
    verdicts: [],
    attempts: [],
    latencyMs: Math.max(0, ...answers.map((answer) => answer.latencyMs ?? 0)),
    ...(gold !== undefined && { metadata: { gold } }),
  };
  return labelByGold(trace, gold, (answer, right) => agreement(request, answer.content ?? '', right));
}
