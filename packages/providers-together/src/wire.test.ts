import type { ModelRequest } from '@cascadeflow/contract';
import { measureClose, type RawServer, startRawServer, startStub } from '@cascadeflow/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { together } from './together.ts';

/** Fields of the published schema. */
const published = new Set(['model', 'messages', 'stream', 'temperature', 'top_p', 'top_k', 'min_p', 'max_tokens', 'stop', 'seed', 'tools', 'tool_choice', 'response_format', 'logprobs', 'logit_bias', 'reasoning', 'reasoning_effort', 'chat_template_kwargs', 'n', 'echo', 'presence_penalty', 'frequency_penalty', 'repetition_penalty']);

const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false };
const tools = [{ name: 'weather', parameters: schema }];
const wishes: readonly Partial<ModelRequest>[] = [
  { temperature: 0.2 }, { topP: 0.9 }, { maxTokens: 100 }, { stop: ['a', 'b', 'c', 'd', 'e'] }, { seed: 7 }, { tools }, { tools, toolChoice: 'required' }, { tools, parallelToolCalls: false },
  { responseFormat: { type: 'json' } }, { responseFormat: { type: 'json-schema', schema } }, { reasoningEffort: 'low' }, { topLogprobs: 20 }, { user: 'u' },
  { messages: [{ role: 'user', content: [{ type: 'text', text: 'What?' }, { type: 'image', url: 'https://example.com/a.png' }] }] },
];
const ok = JSON.stringify({ id: 'x', model: 'm', choices: [{ message: { content: 'ok' }, finish_reason: 'stop' }], usage: { prompt_tokens: 3, completion_tokens: 1 } });

let server: RawServer;
beforeEach(async () => {
  server = await startRawServer(() => ({ headers: { 'content-type': 'application/json' }, body: ok }));
});
afterEach(() => server.close());

async function send(model: string, request: Partial<ModelRequest>): Promise<{ readonly [field: string]: unknown }> {
  await together({ apiKey: 'k', baseURL: server.url }).model(model).generate?.({ messages: [{ role: 'user', content: 'Hi' }], ...request });
  return server.requests.at(-1)?.body ?? {};
}

describe('together()', () => {
  it.each([
    ['meta-llama/Llama-3.3-70B-Instruct-Turbo', ['reasoning_effort']],
    ['openai/gpt-oss-120b', []],
    ['deepseek-ai/DeepSeek-R1', ['reasoning_effort']],
  ] as const)('sends %s only fields that the published schema has and takes', async (model, refused) => {
    for (const wish of [...wishes, Object.assign({}, ...wishes) as ModelRequest]) {
      const fields = Object.keys(await send(model, wish));
      expect(fields.filter((field) => !published.has(field) || (refused as readonly string[]).includes(field))).toEqual([]);
    }
  });

  it('counts alternatives in logprobs, at least one', async () => {
    expect(await send('m', { topLogprobs: 0 })).toMatchObject({ logprobs: 1 });
    expect(await send('m', { topLogprobs: 5 })).toMatchObject({ logprobs: 5 });
  });

  it('knows its prices', () => {
    expect(together({ apiKey: 'k' }).price?.('meta-llama/Llama-3.3-70B-Instruct-Turbo')).toMatchObject({ input: expect.any(Number), output: expect.any(Number) });
  });

  it('closes the connection within 50 ms of an abort', async () => {
    const stub = await startStub();
    const model = together({ apiKey: 'k', baseURL: stub.baseURL }).model('m');
    expect(await measureClose(stub, model, 'in-text')).toBeLessThan(50);
    expect(await measureClose(stub, model, 'before-text')).toBeLessThan(50);
    await stub.close();
  });
});
