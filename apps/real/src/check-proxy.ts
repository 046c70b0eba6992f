import assert from 'node:assert/strict';
import type { Model, ModelEvent } from '@cascadeflow/contract';
import { ProviderError } from '@cascadeflow/contract';
import { litellm } from '@cascadeflow/providers-litellm';
import { openai } from '@cascadeflow/providers-openai';
import { startStub } from '@cascadeflow/testing';
import type { Checks } from './checks.ts';
import { startProxy } from './litellm-proxy.ts';

const messages = [{ role: 'user' as const, content: 'What is the capital of France?' }];
const tools = [{ name: 'weather', description: 'Weather of a city', parameters: { type: 'object', properties: { city: { type: 'string' } } } }];

async function hear(model: Model, request: object = {}, signal?: AbortSignal): Promise<ModelEvent[]> {
  const events: ModelEvent[] = [];
  for await (const event of model.stream({ messages, ...request }, signal ? { signal } : {})) events.push(event);
  return events;
}

const textOf = (events: readonly ModelEvent[]) => events.map((event) => (event.type === 'text-delta' ? event.text : '')).join('');
const endOf = (events: readonly ModelEvent[]) => {
  const end = events.at(-1);
  assert.equal(end?.type, 'end');
  return end as Extract<ModelEvent, { type: 'end' }>;
};

/** A LiteLLM proxy before the stub, driven through providers-litellm and through providers-openai. */
export async function checkProxy({ check }: Checks): Promise<void> {
  const stub = await startStub();
  const proxy = await startProxy(stub.baseURL);
  const viaLiteLLM = litellm({ baseURL: proxy.url, apiKey: proxy.key });
  const viaOpenAI = openai({ baseURL: `${proxy.url}/v1`, apiKey: proxy.key });
  const usage = { input: 1000, output: 500 };
  try {
    await check('the proxy lists its models, their prices and limits', async () => {
      const list = await viaLiteLLM.models();
      assert.deepEqual(list.map(({ name }) => name).sort(), ['priced', 'unpriced']);
      assert.deepEqual([viaLiteLLM.price?.('priced')?.input, viaLiteLLM.price?.('priced')?.output], [0.15, 0.6]);
      assert.equal(viaLiteLLM.price?.('unpriced'), undefined);
    });
    await check('a whole answer brings the proxy’s cost', async () => {
      stub.enqueue({ text: 'Paris.', usage });
      const end = endOf((await viaLiteLLM.model('priced').generate?.({ messages })) ?? []);
      assert.equal(end.reportedCost, (1000 * 0.15 + 500 * 0.6) / 1e6);
      return `${end.reportedCost} USD`;
    });
    for (const [name, provider] of [['providers-litellm', viaLiteLLM], ['providers-openai', viaOpenAI]] as const) {
      await check(`${name}: text, usage and finish reason, streamed`, async () => {
        stub.enqueue({ text: 'Paris is the capital, naïvely 👩‍👩‍👧.', usage });
        const events = await hear(provider.model('priced'));
        assert.equal(textOf(events), 'Paris is the capital, naïvely 👩‍👩‍👧.');
        assert.deepEqual([endOf(events).usage?.input, endOf(events).usage?.output, endOf(events).finishReason.unified], [1000, 500, 'stop']);
      });
      await check(`${name}: tool calls`, async () => {
        stub.enqueue({ toolCalls: [{ id: 'call_a', name: 'weather', arguments: { city: 'Rome' } }, { id: 'call_b', name: 'weather', arguments: { city: 'Paris' } }] });
        const events = await hear(provider.model('priced'), { tools });
        const calls = events.flatMap((event) => (event.type === 'tool-call' ? [JSON.parse(event.call.arguments) as unknown] : []));
        assert.deepEqual(calls, [{ city: 'Rome' }, { city: 'Paris' }]);
        assert.equal(endOf(events).finishReason.unified, 'tool-calls');
      });
      for (const [status, kinds] of [[429, ['rate-limit']], [401, ['auth']], [500, ['server', 'unavailable']]] as const) {
        await check(`${name}: an upstream ${status} keeps its kind`, async () => {
          stub.enqueue({ fault: { type: 'status', status } }, { fault: { type: 'status', status } }, { fault: { type: 'status', status } });
          await assert.rejects(hear(provider.model('unpriced')), (error: unknown) => {
            assert.ok(error instanceof ProviderError);
            assert.ok((kinds as readonly string[]).includes(error.kind), error.message);
            return true;
          });
          stub.clear();
        });
      }
      await check(`${name}: a wrong key of the proxy is refused`, async () => {
        const wrong = name === 'providers-litellm' ? litellm({ baseURL: proxy.url, apiKey: 'sk-wrong' }) : openai({ baseURL: `${proxy.url}/v1`, apiKey: 'sk-wrong' });
        await assert.rejects(hear(wrong.model('priced')), (error: unknown) => error instanceof ProviderError && error.kind === 'auth' && !error.message.includes('sk-wrong'));
      });
      await check(`${name}: an abort ends the stream at once`, async () => {
        stub.enqueue({ text: 'one two three four', timing: { firstChunkMs: 1, chunkMs: 3000 } });
        const abort = new AbortController();
        const reason = new Error('enough');
        setTimeout(() => abort.abort(reason), 1000);
        const started = performance.now();
        await assert.rejects(hear(provider.model('priced'), {}, abort.signal), reason);
        assert.ok(performance.now() - started < 2000);
      });
    }
  } finally {
    proxy.close();
    await stub.close();
  }
}
