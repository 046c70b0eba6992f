import type { ModelRequest } from '@cascadeflow/contract';
import { measureClose, type RawServer, startRawServer, startStub } from '@cascadeflow/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { huggingface } from './huggingface.ts';

/** Fields of the published schema of the chat completion task. */
const published = new Set(['model', 'messages', 'stream', 'stream_options', 'temperature', 'top_p', 'max_tokens', 'stop', 'seed', 'tools', 'tool_choice', 'tool_prompt', 'response_format', 'logprobs', 'top_logprobs', 'logit_bias', 'n', 'presence_penalty', 'frequency_penalty', 'reasoning_effort']);

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
  await huggingface({ apiKey: 'k', baseURL: server.url }).model(model).generate?.({ messages: [{ role: 'user', content: 'Hi' }], ...request });
  return server.requests.at(-1)?.body ?? {};
}

describe('huggingface()', () => {
  it.each([
    ['meta-llama/Llama-3.3-70B-Instruct', ['reasoning_effort']],
    ['openai/gpt-oss-120b:groq', []],
    ['google/gemma-2-9b-it', ['reasoning_effort', 'tools', 'tool_choice']],
  ] as const)('sends %s only fields that the published schema has and takes', async (model, refused) => {
    for (const wish of [...wishes, Object.assign({}, ...wishes) as ModelRequest]) {
      const fields = Object.keys(await send(model, wish));
      expect(fields.filter((field) => !published.has(field) || (refused as readonly string[]).includes(field))).toEqual([]);
    }
  });

  it('goes to a dedicated endpoint when it has one', async () => {
    await huggingface({ apiKey: 'k', endpointUrl: server.url }).model('tgi').generate?.({ messages: [{ role: 'user', content: 'Hi' }] });
    expect(server.requests.at(-1)).toMatchObject({ path: '/v1/chat/completions', headers: { authorization: 'Bearer k' } });
  });

  it('knows the price where the name says who answers, and does not guess otherwise', () => {
    const provider = huggingface({ apiKey: 'k' });
    expect(provider.price?.('openai/gpt-oss-120b:groq')).toMatchObject({ input: expect.any(Number), output: expect.any(Number) });
    expect(provider.price?.('openai/gpt-oss-120b')).toBeUndefined();
  });

  it('closes the connection within 50 ms of an abort', async () => {
    const stub = await startStub();
    const model = huggingface({ apiKey: 'k', baseURL: stub.baseURL }).model('m');
    expect(await measureClose(stub, model, 'in-text')).toBeLessThan(50);
    expect(await measureClose(stub, model, 'before-text')).toBeLessThan(50);
    await stub.close();
  });
});
