import type { FinishReason, FinishReasonKind } from '@cascadeflow/contract';

/** The vendors' words for why a model stopped, in ours. */
const kinds: { readonly [raw: string]: FinishReasonKind } = {
  stop: 'stop',
  end_turn: 'stop',
  stop_sequence: 'stop',
  eos: 'stop',
  eos_token: 'stop',
  completed: 'stop',
  complete: 'stop',
  length: 'length',
  max_tokens: 'length',
  max_output_tokens: 'length',
  model_context_window_exceeded: 'length',
  tool_calls: 'tool-calls',
  'tool-calls': 'tool-calls',
  tool_use: 'tool-calls',
  function_call: 'tool-calls',
  content_filter: 'content-filter',
  'content-filter': 'content-filter',
  refusal: 'content-filter',
  safety: 'content-filter',
  error: 'error',
};

/**
 * Translates a vendor's finish reason. Servers that say `stop` although they asked for tools are corrected; the raw word is kept.
 */
export function toFinishReason(raw: string | undefined, calledTools: boolean): FinishReason {
  const known = raw === undefined ? undefined : kinds[raw.toLowerCase()];
  const unified = calledTools && (known === 'stop' || known === undefined) ? 'tool-calls' : (known ?? 'other');
  return raw === undefined ? { unified } : { unified, raw };
}
