import type { Draft, ModelRequest, SignalFinding } from '@cascadeflow/contract';
import { builtinSignals } from './table.ts';

export const ask = (content: string, more: Partial<ModelRequest> = {}): ModelRequest => ({ messages: [{ role: 'user', content }], ...more });
export const draft = (content: string, more: Partial<Draft> = {}): Draft => ({
  provider: 'p', model: 'gpt-4o-mini', tier: 0, content, toolCalls: [], finishReason: { unified: 'stop' }, complete: true, ...more,
});

/** What a built-in signal says of an answer to a request. */
export function read(name: string, request: ModelRequest | string, answer: Draft | string): number | SignalFinding | undefined {
  const signal = builtinSignals.find((one) => one.name === name);
  if (!signal) throw new Error(`no signal ${name}`);
  return signal({ request: typeof request === 'string' ? ask(request) : request, draft: typeof answer === 'string' ? draft(answer) : answer });
}
