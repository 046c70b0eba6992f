import type { Message, ModelEvent, ModelRequest } from '@cascadeflow/contract';
import { type RawServer, startRawServer } from '@cascadeflow/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openai, type OpenAIOptions } from './openai.ts';

/** Two tool calls at once, their arguments in pieces, after the streaming reference of Chat Completions. */
const toolStream = [
  { choices: [{ index: 0, delta: { role: 'assistant', content: null, tool_calls: [{ index: 0, id: 'call_a', type: 'function', function: { name: 'weather', arguments: '' } }] } }] },
  { choices: [{ index: 0, delta: { tool_calls: [{ index: 0, function: { arguments: '{"city":"Kö' } }] } }] },
  { choices: [{ index: 0, delta: { tool_calls: [{ index: 1, id: 'call_b', type: 'function', function: { name: 'now', arguments: '' } }] } }] },
  { choices: [{ index: 0, delta: { tool_calls: [{ index: 0, function: { arguments: 'ln 🌦"}' } }] } }] },
  { choices: [{ index: 0, delta: {}, finish_reason: 'tool_calls' }] },
  { choices: [], usage: { prompt_tokens: 90, completion_tokens: 30, total_tokens: 120, prompt_tokens_details: { cached_tokens: 64 }, completion_tokens_details: { reasoning_tokens: 0 } } },
]
  .map((chunk) => `data: ${JSON.stringify({ id: 'chatcmpl-1', object: 'chat.completion.chunk', model: 'gpt-4o-2024-08-06', ...chunk })}\n\n`)
  .concat('data: [DONE]\n\n')
  .join('');

/** A refusal instead of JSON, after the structured outputs guide. */
const refusalStream = [{ delta: { role: 'assistant', refusal: '' } }, { delta: { refusal: "I'm sorry, " } }, { delta: { refusal: 'I cannot.' } }, { delta: {}, finish_reason: 'stop' }]
  .map((choice) => `data: ${JSON.stringify({ id: 'chatcmpl-2', choices: [{ index: 0, ...choice }] })}\n\n`)
  .join('');

const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false };
const messages: readonly Message[] = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: [{ type: 'text', text: 'Weather here?' }, { type: 'image', url: 'https://example.com/a.png', detail: 'low' }] },
  { role: 'assistant', content: 'Let me look.', reasoning: [{ text: 'Look it up.', signature: 'rs_1:c2VhbGVk', provider: 'openai' }, { text: 'x', signature: 'sig', provider: 'anthropic' }], toolCalls: [{ id: 'call_a', name: 'weather', arguments: '{"city":"Rome"}' }] },
  { role: 'tool', toolCallId: 'call_a', content: '20 °C' },
];
const rich: ModelRequest = {
  messages, temperature: 0.2, topP: 0.9, maxTokens: 100, seed: 7, stop: ['END'], topLogprobs: 2, user: 'u-1', parallelToolCalls: false,
  tools: [{ name: 'weather', description: 'Weather of a city', parameters: schema }], toolChoice: { name: 'weather' },
  responseFormat: { type: 'json-schema', name: 'place', schema },
};

let server: RawServer;
let reply = '';
let splitAt: readonly number[] | undefined;
beforeEach(async () => {
  splitAt = undefined;
  server = await startRawServer(() => ({ body: reply, ...(splitAt && { splitAt }) }));
});
afterEach(() => server.close());

async function ask(model: string, request: ModelRequest, options: Partial<OpenAIOptions> = {}): Promise<ModelEvent[]> {
  const events: ModelEvent[] = [];
  for await (const event of openai({ apiKey: 'k', baseURL: server.url, ...options }).model(model).stream(request)) events.push(event);
  return events;
}
const sent = () => server.requests.at(-1)?.body;

describe('the chat wire', () => {
  it('carries everything a plain model takes', async () => {
    reply = toolStream;
    await ask('gpt-4o', rich);
    expect(sent()).toMatchSnapshot();
  });

  it('carries what a reasoning model takes, and tells what was left out', async () => {
    reply = toolStream;
    const end = (await ask('gpt-5-mini', { ...rich, reasoningEffort: 'none' })).at(-1);
    expect(sent()).toMatchObject({ max_completion_tokens: 100, reasoning_effort: 'minimal', messages: [{ role: 'developer' }, {}, {}, {}] });
    expect(Object.keys(sent() ?? {})).not.toEqual(expect.arrayContaining(['temperature']));
    expect(end?.type === 'end' && end.warnings).toEqual([
      'reasoningEffort none is sent as minimal: the nearest the model takes',
      'temperature is not sent: the model refuses it while it reasons',
      'topP is not sent: the model refuses it while it reasons',
      'stop is not sent: the model refuses it while it reasons',
    ]);
  });

  it('brings parallel tool calls in pieces, wherever the bytes are split', async () => {
    reply = toolStream;
    const whole = await ask('gpt-4o', { messages });
    expect(whole).toEqual([
      { type: 'tool-call-start', id: 'call_a', name: 'weather' },
      { type: 'tool-call-start', id: 'call_b', name: 'now' },
      { type: 'tool-call', call: { id: 'call_a', name: 'weather', arguments: '{"city":"Köln 🌦"}' } },
      { type: 'tool-call', call: { id: 'call_b', name: 'now', arguments: '{}' } },
      { type: 'end', finishReason: { unified: 'tool-calls', raw: 'tool_calls' }, usage: { input: 26, cachedInput: 64, output: 30, reasoning: 0 }, servedModel: 'gpt-4o-2024-08-06', responseId: 'chatcmpl-1' },
    ]);
    splitAt = Array.from({ length: Buffer.byteLength(reply) - 1 }, (_, index) => index + 1);
    expect(await ask('gpt-4o', { messages })).toEqual(whole);
  });

  it('brings a refusal as text that is not to be taken for an answer', async () => {
    reply = refusalStream;
    const events = await ask('gpt-4o', { messages });
    expect(events[0]).toEqual({ type: 'text-delta', text: "I'm sorry, I cannot." });
    expect(events.at(-1)).toMatchObject({ finishReason: { unified: 'content-filter', raw: 'refusal' } });
  });

  it('does not demand strictness of a schema that is not strict', async () => {
    reply = toolStream;
    const open = { type: 'object', properties: { city: { type: 'string' } } };
    const end = (await ask('gpt-4o', { messages, responseFormat: { type: 'json-schema', schema: open } })).at(-1);
    expect(sent()).toMatchObject({ response_format: { json_schema: { strict: false } } });
    expect(end?.type === 'end' && end.warnings?.join()).toMatch(/outside the strict subset/);
  });
});

describe('the Responses wire', () => {
  it('carries the same request in its own names, own thinking given back and foreign left out', async () => {
    reply = 'data: {"type":"response.completed","response":{"id":"resp_1","model":"gpt-5","status":"completed","output":[],"usage":{"input_tokens":10,"input_tokens_details":{"cached_tokens":4},"output_tokens":9,"output_tokens_details":{"reasoning_tokens":5}}}}\n\n';
    const end = (await ask('gpt-5', { ...rich, reasoningEffort: 'low', extra: { store: true } }, { api: 'responses' })).at(-1);
    expect(server.requests.at(-1)?.path).toBe('/responses');
    expect(sent()).toMatchSnapshot();
    expect(end).toMatchObject({ usage: { input: 6, cachedInput: 4, output: 4, reasoning: 5 }, finishReason: { unified: 'stop', raw: 'completed' } });
  });

  it('throws what a failed response says', async () => {
    reply = 'data: {"type":"response.failed","response":{"id":"r","status":"failed","error":{"code":"rate_limit_exceeded","message":"slow down"}}}\n\n';
    await expect(ask('gpt-5', { messages }, { api: 'responses' })).rejects.toMatchObject({ kind: 'rate-limit' });
  });
});
