import type { ModelRequest } from '@cascadeflow/contract';
import { measureClose, type RawServer, startRawServer, startStub } from '@cascadeflow/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openaiCompatible, vllm } from './vllm.ts';

/** Fields of the server's request model: OpenAI's and its own. */
const published = new Set(['model', 'messages', 'stream', 'stream_options', 'temperature', 'top_p', 'max_tokens', 'max_completion_tokens', 'stop', 'seed', 'tools', 'tool_choice', 'parallel_tool_calls', 'response_format', 'logprobs', 'top_logprobs', 'user', 'reasoning_effort', 'continue_final_message', 'add_generation_prompt', 'chat_template_kwargs']);

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
  await vllm({ apiKey: 'k', baseURL: server.url }).model(model).generate?.({ messages: [{ role: 'user', content: 'Hi' }], ...request });
  return server.requests.at(-1)?.body ?? {};
}

describe('vllm()', () => {
  it.each([
    ['Qwen/Qwen2.5-7B-Instruct', ['reasoning_effort']],
    ['openai/gpt-oss-20b', []],
    ['mistralai/Mistral-7B-Instruct-v0.2', ['reasoning_effort']],
  ] as const)('sends %s only fields that the published schema has and takes', async (model, refused) => {
    for (const wish of [...wishes, Object.assign({}, ...wishes) as ModelRequest]) {
      const fields = Object.keys(await send(model, wish));
      expect(fields.filter((field) => !published.has(field) || (refused as readonly string[]).includes(field))).toEqual([]);
    }
  });

  it('goes on with an answer that was begun', async () => {
    const body = await send('m', { messages: [{ role: 'user', content: 'Hi' }, { role: 'assistant', content: 'He' }] });
    expect(body).toMatchObject({ continue_final_message: true, add_generation_prompt: false });
  });

  it('needs an address, and no key', async () => {
    expect(() => vllm({})).toThrow(/vllm\.baseURL: give the server's address/);
    await vllm({ baseURL: server.url }).model('m').generate?.({ messages: [{ role: 'user', content: 'Hi' }] });
    expect(server.requests.at(-1)?.headers).not.toHaveProperty('authorization');
  });

  it('takes a server’s quirks as data', async () => {
    const provider = openaiCompatible({ baseURL: server.url, quirks: { seed: false, maxTokens: 'max_completion_tokens' } });
    await provider.model('m').generate?.({ messages: [{ role: 'user', content: 'Hi' }], seed: 1, maxTokens: 5 });
    expect(server.requests.at(-1)?.body).toEqual({ model: 'm', messages: [{ role: 'user', content: 'Hi' }], max_completion_tokens: 5 });
  });

  it('knows list prices by host, and none for a server of one’s own', () => {
    expect(openaiCompatible({ baseURL: 'https://api.deepseek.com/v1' }).price?.('deepseek-chat')).toMatchObject({ input: 0.27 });
    expect(vllm({ baseURL: server.url }).price?.('deepseek-chat')).toBeUndefined();
    expect(vllm({ baseURL: server.url, prices: { m: 0.001 } }).price?.('m')).toEqual({ input: 1, output: 1 });
  });

  it('closes the connection within 50 ms of an abort', async () => {
    const stub = await startStub();
    const model = vllm({ apiKey: 'k', baseURL: stub.baseURL }).model('m');
    expect(await measureClose(stub, model, 'in-text')).toBeLessThan(50);
    expect(await measureClose(stub, model, 'before-text')).toBeLessThan(50);
    await stub.close();
  });
});
