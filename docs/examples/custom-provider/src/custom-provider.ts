// #region all
import { lastUserText, type Model, type Provider, ProviderError } from '@cascadeflow/contract';
import { CascadeAgent, type ModelConfig } from '@cascadeflow/core';

/** A model behind an address that takes `{ question }` and streams its answer as plain text. */
function createModel(id: string, url: string): Model {
  return {
    contract: 'v1',
    provider: 'house',
    id,
    capabilities: { tools: false, json: false },
    async *stream(request, { signal } = {}) {
      const failed = (kind: 'network' | 'server', message: string, facts: { status?: number; cause?: unknown } = {}) =>
        new ProviderError(message, { kind, provider: 'house', model: id, retryable: true, ...facts });
      const body = JSON.stringify({ model: id, question: lastUserText(request.messages) });
      const response = await fetch(url, { method: 'POST', body, signal: signal ?? null }).catch((cause: unknown) => {
        signal?.throwIfAborted();
        throw failed('network', 'the house model cannot be reached', { cause });
      });
      if (!response.ok || !response.body) throw failed('server', `the house model answered ${response.status}`, { status: response.status });
      for await (const text of response.body.pipeThrough(new TextDecoderStream())) yield { type: 'text-delta', text };
      // Exactly one end. A stream without it counts as cut, and its text is never taken for an answer.
      yield { type: 'end', finishReason: { unified: 'stop' } };
    },
  };
}

/** The provider: a name, and models by theirs. */
export function house(url: string): Provider {
  return { id: 'house', model: (name) => createModel(name, url), price: () => ({ input: 0, output: 0, source: 'our own machines' }) };
}

export function createAgent(url: string, verifier: ModelConfig): CascadeAgent {
  return new CascadeAgent({ models: [{ name: 'house-small', provider: 'house' }, verifier], providers: [house(url)] });
}
// #endregion all
