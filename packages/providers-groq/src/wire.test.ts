import type { ModelRequest } from '@cascadeflow/contract';
import { measureClose, type RawServer, startRawServer, startStub } from '@cascadeflow/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { groq } from './groq.ts';

/** Fields of the published schema that do not answer with an error 400. */
const published = new Set(['model', 'messages', 'stream', 'stream_options', 'temperature', 'top_p', 'max_completion_tokens', 'max_tokens', 'stop', 'seed', 'tools', 'tool_choice', 'parallel_tool_calls', 'response_format', 'user', 'reasoning_effort', 'reasoning_format', 'include_reasoning']);

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
  await groq({ apiKey: 'k', baseURL: server.url }).model(model).generate?.({ messages: [{ role: 'user', content: 'Hi' }], ...request });
  return server.requests.at(-1)?.body ?? {};
}

describe('groq()', () => {
  it.each([
    ['llama-3.3-70b-versatile', ['reasoning_effort', 'reasoning_format', 'include_reasoning']],
    ['openai/gpt-oss-120b', ['reasoning_format']],
    ['qwen/qwen3-32b', []],
  ] as const)('sends %s only fields that the published schema has and takes', async (model, refused) => {
    for (const wish of [...wishes, Object.assign({}, ...wishes) as ModelRequest]) {
      const fields = Object.keys(await send(model, wish));
      expect(fields.filter((field) => !published.has(field) || (refused as readonly string[]).includes(field))).toEqual([]);
    }
  });

  it('asks for thinking apart from the answer, and maps efforts to the words each model has', async () => {
    expect(await send('qwen/qwen3-32b', { reasoningEffort: 'high' })).toMatchObject({ reasoning_effort: 'default', reasoning_format: 'parsed' });
    expect(await send('qwen/qwen3-32b', { reasoningEffort: 'none' })).toMatchObject({ reasoning_effort: 'none' });
    expect(await send('openai/gpt-oss-20b', { reasoningEffort: 'minimal' })).toMatchObject({ reasoning_effort: 'low' });
  });

  it('begins the answer where it is told to', async () => {
    const body = await send('llama-3.3-70b-versatile', { messages: [{ role: 'user', content: 'Hi' }, { role: 'assistant', content: 'He' }] });
    expect(body['messages']).toEqual([{ role: 'user', content: 'Hi' }, { role: 'assistant', content: 'He' }]);
  });

  it('knows its prices', () => {
    expect(groq({ apiKey: 'k' }).price?.('openai/gpt-oss-20b')).toMatchObject({ input: 0.075, output: 0.3 });
  });

  it('closes the connection within 50 ms of an abort', async () => {
    const stub = await startStub();
    const model = groq({ apiKey: 'k', baseURL: stub.baseURL }).model('m');
    expect(await measureClose(stub, model, 'in-text')).toBeLessThan(50);
    expect(await measureClose(stub, model, 'before-text')).toBeLessThan(50);
    await stub.close();
  });
});
