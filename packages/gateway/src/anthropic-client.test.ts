import Anthropic from '@anthropic-ai/sdk';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, openBench } from './gateway-doubles.ts';

let bench: Bench;
let client: Anthropic;
beforeAll(async () => {
  bench = await openBench();
  client = new Anthropic({ apiKey: 'any', baseURL: bench.url, maxRetries: 0 });
});
beforeEach(() => bench.stub.clear());
afterAll(() => bench.close());

const asked = { model: 'cascade:claude', max_tokens: 200, messages: [{ role: 'user' as const, content: 'What is the capital of France?' }] };
const weather = { name: 'weather', description: 'Weather of a city.', input_schema: { type: 'object' as const, properties: { city: { type: 'string' } } } };

describe('the official Anthropic client', () => {
  it('gets an accepted draft, and is told so', async () => {
    bench.stub.enqueue({ text: 'Paris.', usage: { input: 10, output: 2, cachedInput: 3 } });
    const { data, response } = await client.messages.create({ ...asked, system: 'Be brief.', stop_sequences: ['END'], metadata: { user_id: 'u1' } }).withResponse();
    expect(data).toMatchObject({
      type: 'message',
      role: 'assistant',
      model: 'claude-haiku-4-5',
      content: [{ type: 'text', text: 'Paris.' }],
      stop_reason: 'end_turn',
      usage: { input_tokens: 10, output_tokens: 2, cache_read_input_tokens: 3 },
    });
    expect(response.headers.get('x-cascade-model')).toBe('claude-haiku-4-5');
    expect(bench.stub.requests[0]?.body).toMatchObject({ system: 'Be brief.', stop_sequences: ['END'], max_tokens: 200, metadata: { user_id: 'u1' } });
  });

  it('gets the answer of another vendor\'s models in its own shape', async () => {
    bench.stub.enqueue('I am unsure.', { text: 'Paris.', usage: { input: 10, output: 2 } });
    const answer = await client.messages.create({ ...asked, model: 'cascade' });
    expect(answer).toMatchObject({ model: 'large', content: [{ type: 'text', text: 'Paris.' }], usage: { input_tokens: 10, output_tokens: 2 } });
  });

  it('streams in the vendor\'s order of events', async () => {
    bench.stub.enqueue({ text: 'Paris is the capital.', usage: { input: 12, output: 5 } });
    const stream = client.messages.stream(asked);
    const types: string[] = [];
    stream.on('streamEvent', (event) => types.push(event.type));
    const message = await stream.finalMessage();
    expect(message).toMatchObject({ content: [{ type: 'text', text: 'Paris is the capital.' }], stop_reason: 'end_turn', usage: { input_tokens: 12, output_tokens: 5 } });
    expect(types.filter((type, index) => type !== types[index - 1])).toEqual(['message_start', 'content_block_start', 'content_block_delta', 'content_block_stop', 'message_delta', 'message_stop']);
  });

  it('calls tools and sends their results, streaming and not', async () => {
    const reply = { text: 'I look.', toolCalls: [{ id: 'toolu_a', name: 'weather', arguments: { city: 'Paris' } }, { id: 'toolu_b', name: 'weather', arguments: {} }] };
    const content = [{ type: 'text', text: 'I look.' }, { type: 'tool_use', id: 'toolu_a', name: 'weather', input: { city: 'Paris' } }, { type: 'tool_use', id: 'toolu_b', input: {} }];
    bench.stub.enqueue(reply);
    const first = await client.messages.create({ ...asked, tools: [weather], tool_choice: { type: 'auto', disable_parallel_tool_use: true } });
    expect(first).toMatchObject({ stop_reason: 'tool_use', content });
    expect(bench.stub.requests[0]?.body).toMatchObject({ tools: [weather], tool_choice: { type: 'auto', disable_parallel_tool_use: true } });
    bench.stub.enqueue(reply);
    expect(await client.messages.stream({ ...asked, tools: [weather] }).finalMessage()).toMatchObject({ stop_reason: 'tool_use', content });
    bench.stub.enqueue('Sunny.');
    const results = [{ type: 'tool_result' as const, tool_use_id: 'toolu_a', content: 'sunny' }, { type: 'tool_result' as const, tool_use_id: 'toolu_b', content: 'no city', is_error: true }];
    await client.messages.create({ ...asked, tools: [weather], messages: [...asked.messages, { role: 'assistant', content: first.content }, { role: 'user', content: results }] });
    expect(bench.stub.requests.at(-1)?.body).toMatchObject({ messages: [{}, { role: 'assistant', content: [{ type: 'text' }, { type: 'tool_use' }, { type: 'tool_use' }] }, { role: 'user', content: results }] });
  });

  it('has its thinking passed on, and given back as it came', async () => {
    bench.stub.enqueue('Deep.');
    const thought = { type: 'thinking' as const, thinking: 'Hm.', signature: 'c2ln' };
    const messages = [...asked.messages, { role: 'assistant' as const, content: [thought, { type: 'text' as const, text: 'Paris.' }] }, { role: 'user' as const, content: 'Sure?' }];
    await client.messages.create({ ...asked, model: 'claude-haiku-4-5', max_tokens: 3000, thinking: { type: 'enabled', budget_tokens: 2000 }, messages });
    expect(bench.stub.requests[0]?.body).toMatchObject({ thinking: { type: 'enabled', budget_tokens: 2000 } });
    bench.stub.enqueue({ text: 'Yes.', reasoning: 'Surely.' });
    const next = await client.messages.create({ ...asked, model: 'claude-opus-4-6', messages });
    expect(bench.stub.requests[1]?.body).toMatchObject({ messages: [{}, { role: 'assistant', content: [thought, { type: 'text', text: 'Paris.' }] }, {}] });
    expect(next.content.at(-1)).toMatchObject({ type: 'text', text: 'Yes.' });
  });

  it('counts tokens, roughly', async () => {
    const { data, response } = await client.messages.countTokens({ model: 'cascade', messages: asked.messages }).withResponse();
    expect(data.input_tokens).toBe(8);
    expect(response.headers.get('x-cascade-warning')).toContain('estimated');
  });

  it.each([
    [429, 'RateLimitError', 429, 'rate_limit_error'],
    [400, 'BadRequestError', 400, 'invalid_request_error'],
    [529, 'OverloadedError', 529, 'overloaded_error'],
    [401, 'InternalServerError', 502, 'api_error'],
  ])('sees a vendor\'s %i as a %s', async (status, name, seen, type) => {
    const fault = { fault: { type: 'status' as const, status } };
    for (const stream of [false, true]) {
      bench.stub.enqueue(fault, fault);
      const error = await client.messages.create({ ...asked, stream }).then(() => undefined, (reason: InstanceType<typeof Anthropic.APIError>) => reason);
      expect(error?.constructor.name).toBe(name);
      expect(error).toMatchObject({ status: seen, error: { type: 'error', error: { type } } });
      expect(error?.message).not.toContain('upstream-secret');
    }
  });

  it('sees a break in the middle of a stream as an error, and closes the upstream when it leaves', async () => {
    const timing = { firstChunkMs: 5, chunkMs: 10 };
    bench.stub.enqueue({ text: 'One two three four five six.', timing, fault: { type: 'error-event', afterChunks: 3, status: 500, message: 'boom' } });
    await expect(client.messages.stream({ ...asked, model: 'claude-opus-4-6' }).finalMessage()).rejects.toThrow('api_error');
    bench.stub.enqueue({ text: 'word '.repeat(200), timing });
    const stream = await client.messages.create({ ...asked, model: 'claude-opus-4-6', stream: true });
    for await (const _ of stream) break;
    await bench.stub.requests[1]?.ended;
    expect(bench.stub.requests[1]?.outcome).toBe('left');
  });
});
