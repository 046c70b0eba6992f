import type { FinishReason, FinishReasonKind } from '@cascadeflow/contract';

/** Where vendors' packages leave the finish reason in a message. */
const fields = ['finish_reason', 'stop_reason', 'finishReason', 'stopReason', 'done_reason', 'status'];

const kinds: { readonly [raw: string]: FinishReasonKind } = {
  stop: 'stop', end_turn: 'stop', stop_sequence: 'stop', completed: 'stop', complete: 'stop', eos: 'stop', pause_turn: 'other',
  length: 'length', max_tokens: 'length', incomplete: 'length', model_length: 'length', model_context_window_exceeded: 'length',
  tool_calls: 'tool-calls', tool_use: 'tool-calls', function_call: 'tool-calls',
  content_filter: 'content-filter', safety: 'content-filter', refusal: 'content-filter', recitation: 'content-filter', guardrail_intervened: 'content-filter',
  error: 'error', failed: 'error', cancelled: 'error',
};

/** Providers whose streams always close with a finish reason: one that has none was cut. */
const alwaysSaid = new Set(['openai', 'anthropic', 'azure', 'groq', 'mistral', 'mistralai', 'deepseek', 'together', 'fireworks', 'xai', 'openrouter']);

/** The finish reason in a message's metadata, or `undefined` when the vendor said none. */
export function readFinishReason(...places: readonly ({ readonly [key: string]: unknown } | undefined)[]): FinishReason | undefined {
  for (const place of places) {
    for (const field of fields) {
      const raw = place?.[field];
      if (typeof raw === 'string' && raw !== '') return { unified: kinds[raw.toLowerCase()] ?? 'other', raw };
    }
  }
  return undefined;
}

/** True when a stream of this provider without a finish reason stopped before its end. */
export function mustSayFinishReason(provider: string): boolean {
  return alwaysSaid.has(provider.toLowerCase());
}
