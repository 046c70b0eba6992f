import { costOfUsage, type Message, type ModelEvent, type ModelRequest, type Usage } from '@cascadeflow/contract';
import { anthropicDialect, measureClose, type RawServer, startRawServer, startStub } from '@cascadeflow/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { anthropic } from './anthropic.ts';
import { fromAnthropicUsage } from './anthropic-translator.ts';
import { thinkingStream } from './fixtures.ts';

const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false };
const tools = [{ name: 'weather', description: 'Weather of a city', parameters: schema }];
const user: Message = { role: 'user', content: 'Weather?' };
const ok = { type: 'message', id: 'msg_1', model: 'm', content: [{ type: 'text', text: 'ok' }], stop_reason: 'end_turn', usage: { input_tokens: 1, output_tokens: 1 } };

let server: RawServer;
let reply = '';
let splitAt: readonly number[] | undefined;
beforeEach(async () => {
  reply = JSON.stringify(ok);
  splitAt = undefined;
  server = await startRawServer(({ body }) => ({
    body: reply,
    headers: { 'content-type': body?.['stream'] ? 'text/event-stream' : 'application/json' },
    ...(splitAt && { splitAt }),
  }));
});
afterEach(() => server.close());

async function send(model: string, request: Partial<ModelRequest>) {
  const events = await anthropic({ apiKey: 'k', baseURL: server.url }).model(model).generate?.({ messages: [user], ...request });
  const end = events?.at(-1);
  return { body: server.requests.at(-1)?.body ?? {}, headers: server.requests.at(-1)?.headers, events, warnings: (end?.type === 'end' && end.warnings) || [] };
}

async function stream(): Promise<ModelEvent[]> {
  const events: ModelEvent[] = [];
  for await (const event of anthropic({ apiKey: 'k', baseURL: server.url }).model('claude-opus-4-6').stream({ messages: [user] })) events.push(event);
  return events;
}

describe('what goes over the wire', () => {
  it('is a foreign and an own history, images, tools and cache marks in the Messages form', async () => {
    const messages: readonly Message[] = [
      { role: 'system', content: [{ type: 'text', text: 'Be brief.', cacheControl: { type: 'ephemeral', ttl: '1h' } }] },
      { role: 'user', content: [{ type: 'text', text: 'Look.' }, { type: 'image', url: 'data:image/png;base64,AA==' }, { type: 'image', url: 'https://example.com/a.png' }] },
      { role: 'assistant', content: 'I see.', reasoning: [{ text: 'foreign', signature: 'x', provider: 'openai' }, { text: 'own', signature: 'sig', provider: 'anthropic' }] },
      { role: 'user', content: 'And the weather?' },
      { role: 'user', content: 'In Rome.' },
      { role: 'assistant', content: '', toolCalls: [{ id: 'call:1/2', name: 'weather', arguments: '{"city":"Rome"}' }, { id: 'call_2', name: 'weather', arguments: 'Rome' }] },
      { role: 'tool', toolCallId: 'call:1/2', content: '20 °C' },
      { role: 'tool', toolCallId: 'call_2', content: 'no such city', isError: true },
      { role: 'user', content: 'Thanks.' },
    ];
    const { body, headers, warnings } = await send('claude-opus-4-6', { messages, tools, parallelToolCalls: false, user: 'u-1', maxTokens: 100, stop: ['END', ' '] });
    expect(body).toMatchSnapshot();
    expect(headers).toMatchObject({ 'anthropic-version': expect.any(String), 'user-agent': expect.stringMatching(/^cascadeflow/) });
    expect(warnings).toEqual([
      'tool arguments of an earlier answer are not a JSON object and are sent as text',
      'stop sequences of white space are not sent: the model refuses them',
    ]);
  });

  it('asks for thinking as each family takes it', async () => {
    expect((await send('claude-opus-4-6', { reasoningEffort: 'high' })).body).toMatchObject({ thinking: { type: 'adaptive' }, output_config: { effort: 'high' } });
    expect((await send('claude-opus-4-6', { reasoningEffort: 'none' })).body).toMatchObject({ thinking: { type: 'disabled' } });
    expect((await send('claude-sonnet-4-5', { reasoningEffort: 'low', maxTokens: 9000 })).body).toMatchObject({ thinking: { type: 'enabled', budget_tokens: 2048 }, max_tokens: 9000 });
    expect((await send('claude-sonnet-4-5', { reasoningEffort: 'low', maxTokens: 100 })).warnings.join()).toMatch(/needs maxTokens above 1024/);
    expect((await send('claude-3-5-haiku-latest', { reasoningEffort: 'low' })).body).not.toHaveProperty('thinking');
    expect((await send('claude-opus-5-5', { reasoningEffort: 'none' })).body).toMatchObject({ output_config: { effort: 'low' } });
  });

  it('enforces a schema by the server, by a tool in its place, or asks for it in words', async () => {
    const responseFormat = { type: 'json-schema', schema } as const;
    expect((await send('claude-opus-4-6', { responseFormat })).body).toMatchObject({ output_config: { format: { type: 'json_schema', schema } } });
    const old = await send('claude-3-haiku-20240307', { responseFormat });
    expect(old.body).toMatchObject({ tools: [{ name: 'answer', input_schema: schema }], tool_choice: { type: 'tool', name: 'answer' } });
    const words = await send('claude-3-haiku-20240307', { responseFormat, tools });
    expect(words.body['system']).toMatch(/JSON Schema/);
    expect(words.warnings.join()).toMatch(/put into the instructions/);
  });

  it('gives the stand-in tool’s input as the answer, whole and streamed', async () => {
    reply = JSON.stringify({ ...ok, content: [{ type: 'tool_use', id: 't', name: 'answer', input: { city: 'Rome' } }], stop_reason: 'tool_use' });
    const { events } = await send('claude-3-haiku-20240307', { responseFormat: { type: 'json-schema', schema } });
    expect(events).toMatchObject([{ type: 'text-delta', text: '{"city":"Rome"}' }, { type: 'end', finishReason: { unified: 'stop', raw: 'tool_use' } }]);
  });

  it('begins the answer where the model lets it, and asks in words where not', async () => {
    const messages: readonly Message[] = [user, { role: 'assistant', content: 'It is ' }];
    expect((await send('claude-sonnet-4-5', { messages })).body['messages']).toMatchObject([{ role: 'user' }, { role: 'assistant', content: 'It is' }]);
    const { body, warnings } = await send('claude-opus-4-6', { messages });
    expect(body['messages']).toMatchObject([{ role: 'user' }]);
    expect(warnings.join()).toMatch(/takes no prefill/);
  });
});

/** What the families refuse, from the vendor's pages and the SDK's schema; apart from the table the translation uses. */
const published: readonly { readonly model: string; readonly refused: readonly string[]; readonly oneOf?: boolean; readonly max: number; readonly forced?: false; readonly prefill?: true }[] = [
  { model: 'claude-3-haiku-20240307', refused: ['thinking', 'output_config'], max: 4096, prefill: true },
  { model: 'claude-3-5-sonnet-20241022', refused: ['thinking', 'output_config'], max: 8192, prefill: true },
  { model: 'claude-3-7-sonnet-latest', refused: ['output_config'], max: 64_000, prefill: true },
  { model: 'claude-sonnet-4-20250514', refused: ['output_config'], max: 64_000, prefill: true },
  { model: 'claude-opus-4-1', refused: [], oneOf: true, max: 32_000, prefill: true },
  { model: 'claude-haiku-4-5', refused: [], oneOf: true, max: 64_000, prefill: true },
  { model: 'claude-sonnet-4-6', refused: [], oneOf: true, max: 128_000 },
  { model: 'claude-opus-4-8', refused: ['temperature', 'top_p'], max: 128_000 },
  { model: 'claude-sonnet-5', refused: ['temperature', 'top_p'], max: 128_000 },
  { model: 'claude-opus-5-5', refused: ['temperature', 'top_p'], max: 128_000, forced: false },
];
const known = new Set(['model', 'messages', 'max_tokens', 'system', 'stream', 'temperature', 'top_p', 'stop_sequences', 'tools', 'tool_choice', 'thinking', 'output_config', 'metadata']);
const wishes: readonly Partial<ModelRequest>[] = [
  { temperature: 1.5 }, { topP: 0.9 }, { maxTokens: 500_000 }, { stop: ['a', ' '] }, { seed: 7 }, { tools }, { tools, toolChoice: 'required' }, { tools, toolChoice: { name: 'weather' } },
  { tools, parallelToolCalls: false }, { responseFormat: { type: 'json' } }, { responseFormat: { type: 'json-schema', schema } }, { reasoningEffort: 'none' }, { reasoningEffort: 'high' }, { topLogprobs: 5 }, { user: 'u' },
  { messages: [{ role: 'assistant', content: 'Hello.' }, user, { role: 'assistant', content: 'It is ' }] },
];

describe.each(published)('$model', ({ model, refused, oneOf, max, forced, prefill }) => {
  it('is sent nothing it refuses, for any two wishes at once', async () => {
    const { toAnthropicBody } = await import('./to-anthropic-body.ts');
    for (const one of wishes) {
      for (const other of wishes) {
        const { body } = toAnthropicBody(model, 'anthropic', { messages: [user], ...one, ...other }, true);
        const thinking = body['thinking'] as { type: string; budget_tokens?: number } | undefined;
        const thinks = thinking !== undefined && thinking.type !== 'disabled';
        const choice = (body['tool_choice'] as { type: string } | undefined)?.type;
        const messages = body['messages'] as readonly { role: string }[];
        const objections = [
          ...Object.keys(body).filter((field) => !known.has(field) || refused.includes(field)),
          ...(oneOf && 'temperature' in body && 'top_p' in body ? ['both samplings'] : []),
          ...(Number(body['temperature'] ?? 0) > 1 ? ['temperature above 1'] : []),
          ...(thinks && ('temperature' in body || 'top_p' in body) ? ['sampling while thinking'] : []),
          ...(thinks && (choice === 'any' || choice === 'tool') ? ['forced tool while thinking'] : []),
          ...(forced === false && (choice === 'any' || choice === 'tool') ? ['forced tool'] : []),
          ...((thinking?.budget_tokens ?? 0) >= Number(body['max_tokens']) ? ['budget'] : []),
          ...(Number(body['max_tokens']) > max ? ['max_tokens'] : []),
          ...(messages[0]?.role !== 'user' ? ['first message'] : []),
          ...(messages.at(-1)?.role === 'assistant' && (!prefill || thinks) ? ['prefill'] : []),
        ];
        expect(objections, JSON.stringify(body)).toEqual([]);
      }
    }
  });
});

describe('what comes over the wire', () => {
  it('is thinking with its proofs, text, tool calls put together, usage in kinds', async () => {
    reply = thinkingStream;
    expect(await stream()).toMatchSnapshot();
  });

  it('is the same wherever the bytes are split', async () => {
    reply = thinkingStream;
    const whole = await stream();
    const bytes = Buffer.byteLength(reply);
    splitAt = Array.from({ length: bytes - 1 }, (_, index) => index + 1);
    expect(await stream()).toEqual(whole);
    for (const at of [1700, 1701, 1702, 1703, 1704, 1705, 1706]) {
      splitAt = [at];
      expect(await stream()).toEqual(whole);
    }
  });

  it('is cut when no stop reason came, and whole when one did', async () => {
    reply = thinkingStream.slice(0, thinkingStream.indexOf('event: message_delta'));
    await expect(stream()).rejects.toMatchObject({ kind: 'cut' });
    reply = thinkingStream.slice(0, thinkingStream.indexOf('event: message_stop'));
    expect((await stream()).at(-1)).toMatchObject({ type: 'end', finishReason: { unified: 'tool-calls' } });
  });

  it.each<readonly [string, object, Usage, number]>([
    ['plain', { input_tokens: 25, output_tokens: 15 }, { input: 25, output: 15 }, 0.0003],
    ['cache written', { input_tokens: 21, cache_creation_input_tokens: 188086, cache_read_input_tokens: 0, output_tokens: 393 }, { input: 21, cacheWrite: 188086, cachedInput: 0, output: 393 }, 0.7112805],
    ['kept for an hour', { input_tokens: 21, cache_creation_input_tokens: 3000, cache_creation: { ephemeral_5m_input_tokens: 1000, ephemeral_1h_input_tokens: 2000 }, output_tokens: 0 }, { input: 21, cacheWrite: 3000, cacheWriteHour: 2000, output: 0 }, 0.015813],
    ['a prompt of more than 200,000 tokens', { input_tokens: 100_000, cache_creation_input_tokens: 0, cache_read_input_tokens: 150_000, output_tokens: 1000 }, { input: 100_000, cacheWrite: 0, cachedInput: 150_000, output: 1000 }, 0.7125],
    ['cache read', { input_tokens: 21, cache_creation_input_tokens: 0, cache_read_input_tokens: 188086, output_tokens: 393 }, { input: 21, cacheWrite: 0, cachedInput: 188086, output: 393 }, 0.0623838],
    ['thinking', { input_tokens: 100, output_tokens: 1000, output_tokens_details: { thinking_tokens: 700 } }, { input: 100, output: 300, reasoning: 700 }, 0.0153],
  ])('usage: %s', (_name, wire, expected, usd) => {
    const usage = fromAnthropicUsage(wire as { [field: string]: unknown });
    expect(usage).toEqual(expected);
    // Sonnet 4.5: 3 in, 0.3 cached, 3.75 written, 6 for an hour, 15 out, per million; twice that above 200,000 tokens, and 22.5 out.
    const price = anthropic({ apiKey: 'k' }).price?.('claude-sonnet-4-5');
    expect(price && usage && costOfUsage(usage, price)).toBeCloseTo(usd, 12);
  });
});

it('closes the connection within 50 ms of an abort', async () => {
  const stub = await startStub({ dialects: [anthropicDialect] });
  const model = anthropic({ apiKey: 'k', baseURL: stub.baseURL }).model('claude-sonnet-5');
  expect(await measureClose(stub, model, 'in-text')).toBeLessThan(50);
  expect(await measureClose(stub, model, 'before-text')).toBeLessThan(50);
  await stub.close();
});
