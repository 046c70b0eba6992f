import OpenAI from 'openai';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Bench, openBench } from './gateway-doubles.ts';

let bench: Bench;
let client: OpenAI;
beforeAll(async () => {
  bench = await openBench();
  client = new OpenAI({ apiKey: 'any', baseURL: `${bench.url}/v1`, maxRetries: 0 });
});
beforeEach(() => bench.stub.clear());
afterAll(() => bench.close());

const messages = [{ role: 'user' as const, content: 'What is the capital of France?' }];
const weather = {
  type: 'function' as const,
  function: { name: 'weather', description: 'Weather of a city.', strict: true, parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false } },
};

describe('the official OpenAI client', () => {
  it('gets an accepted draft, and is told so', async () => {
    bench.stub.enqueue({ text: 'Paris.', usage: { input: 10, output: 2 } });
    const { data, response } = await client.chat.completions.create({ model: 'cascade', messages }).withResponse();
    expect(data).toMatchObject({
      object: 'chat.completion',
      model: 'small',
      choices: [{ index: 0, finish_reason: 'stop', logprobs: null, message: { role: 'assistant', content: 'Paris.', refusal: null } }],
      usage: { prompt_tokens: 10, completion_tokens: 2, total_tokens: 12 },
    });
    const { headers } = response;
    expect(headers.get('x-cascade-model')).toBe('small');
    expect(headers.get('x-cascade-probability')).toBe('0.9');
    expect(headers.get('x-cascade-cost')).toBe('0.0000018');
    expect(headers.get('x-cascade-saved')).toBe('0.0000342');
    expect(data.id).toBe(`chatcmpl-${headers.get('x-cascade-run-id')}`);
    expect(headers.get('x-cascade-warning')).toBeNull();
  });

  it('gets the large model where the draft is not good enough', async () => {
    bench.stub.enqueue('I am unsure.', 'Paris.');
    const { data, response } = await client.chat.completions.create({ model: 'cascade:main', messages }).withResponse();
    expect(data.choices[0]?.message.content).toBe('Paris.');
    expect(data.model).toBe('large');
    expect(response.headers.get('x-cascade-probability')).toBe('0.1');
  });

  it('gets a plain model by its name, undrafted', async () => {
    bench.stub.enqueue('Paris, of course.');
    const answer = await client.chat.completions.create({ model: 'large', messages });
    expect(answer.model).toBe('large');
    expect(bench.stub.requests.map(({ body }) => (body as { model: string }).model)).toEqual(['large']);
  });

  it('streams, with usage where it asks', async () => {
    bench.stub.enqueue({ text: 'Paris is the capital.', usage: { input: 10, output: 5, cachedInput: 4 } });
    const stream = await client.chat.completions.create({ model: 'cascade', messages, stream: true, stream_options: { include_usage: true } });
    const chunks = [];
    for await (const chunk of stream) chunks.push(chunk);
    expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')).toBe('Paris is the capital.');
    expect(chunks.filter((chunk) => chunk.choices[0]?.delta.role)).toHaveLength(1);
    expect(chunks.filter((chunk) => chunk.choices[0]?.finish_reason)).toHaveLength(1);
    expect(chunks.filter((chunk) => chunk.usage).map((chunk) => chunk.usage)).toEqual([
      { prompt_tokens: 14, completion_tokens: 5, total_tokens: 19, prompt_tokens_details: { cached_tokens: 4 }, completion_tokens_details: { reasoning_tokens: 0 } },
    ]);
  });

  it('calls tools and sends their results, streaming and not; strict tools reach the vendor whole', async () => {
    const reply = { toolCalls: [{ id: 'call_a', name: 'weather', arguments: { city: 'Paris' } }, { id: 'call_b', name: 'weather', arguments: { city: 'Rome' } }] };
    bench.stub.enqueue(reply);
    const first = await client.chat.completions.create({ model: 'cascade', messages, tools: [weather], tool_choice: 'auto' });
    expect(first.choices[0]).toMatchObject({ finish_reason: 'tool_calls', message: { content: null } });
    expect(bench.stub.requests[0]?.body).toHaveProperty('tools', [weather]);
    bench.stub.enqueue('Sunny in both.');
    const answer = first.choices[0]!.message;
    const results = answer.tool_calls!.map((call) => ({ role: 'tool' as const, tool_call_id: call.id, content: 'sunny' }));
    const second = await client.chat.completions.create({ model: 'cascade', messages: [...messages, answer, ...results], tools: [weather] });
    expect(second.choices[0]?.message.content).toBe('Sunny in both.');
    expect(bench.stub.requests.at(-1)?.body).toMatchObject({ messages: [{ role: 'user' }, { role: 'assistant', tool_calls: [{ id: 'call_a' }, { id: 'call_b' }] }, { role: 'tool', tool_call_id: 'call_a' }, { role: 'tool' }] });

    bench.stub.enqueue(reply);
    const runner = client.chat.completions.stream({ model: 'cascade', messages, tools: [weather] });
    const { choices } = await runner.finalChatCompletion();
    expect(choices[0]?.finish_reason).toBe('tool_calls');
    expect(choices[0]?.message.tool_calls?.map((call) => call.type === 'function' && call.function.arguments)).toEqual(['{"city":"Paris"}', '{"city":"Rome"}']);
  });

  it('gets structured output', async () => {
    bench.stub.enqueue('{"city":"Paris"}');
    const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false };
    const answer = await client.chat.completions.parse({ model: 'cascade', messages, response_format: { type: 'json_schema', json_schema: { name: 'place', schema, strict: true } } });
    expect(answer.choices[0]?.message.parsed).toEqual({ city: 'Paris' });
    expect(bench.stub.requests[0]?.body).toMatchObject({ response_format: { type: 'json_schema', json_schema: { name: 'place', strict: true } } });
  });

  it('gets several choices, whole and streamed', async () => {
    bench.stub.setAnswer(({ index }) => ({ text: `Answer ${index}.`, usage: { input: 10, output: 3 } }));
    const { data, response } = await client.chat.completions.create({ model: 'small', messages, n: 3 }).withResponse();
    expect(new Set(data.choices.map((choice) => choice.message.content)).size).toBe(3);
    expect(data.usage).toMatchObject({ prompt_tokens: 10, completion_tokens: 9 });
    expect(response.headers.get('x-cascade-cost')).toBe('0.0000066');
    const streamed = await client.chat.completions.stream({ model: 'small', messages, n: 2 }).finalChatCompletion();
    expect(streamed.choices.map((choice) => choice.message.content)).toHaveLength(2);
    bench.stub.setAnswer(() => 'Stub answer.');
  });

  it('gets log probabilities, whole and streamed', async () => {
    const reply = { text: 'Yes', logprobs: [{ token: 'Yes', logprob: -0.25, top: [{ token: 'Yes', logprob: -0.25 }] }] };
    bench.stub.enqueue(reply, reply);
    const asked = { model: 'cascade', messages, logprobs: true, top_logprobs: 1 };
    const expected = [{ token: 'Yes', logprob: -0.25, bytes: [89, 101, 115], top_logprobs: [{ token: 'Yes', logprob: -0.25, bytes: [89, 101, 115] }] }];
    const whole = await client.chat.completions.create(asked);
    expect(whole.choices[0]?.logprobs?.content).toEqual(expected);
    const streamed = await client.chat.completions.stream(asked).finalChatCompletion();
    expect(streamed.choices[0]?.logprobs?.content).toEqual(expected);
  });

  it('sends images, stop, seed, sampling, and fields that only the vendor knows', async () => {
    bench.stub.enqueue('A cat.');
    const image = { type: 'image_url' as const, image_url: { url: 'data:image/png;base64,iVBORw0KGgo=', detail: 'low' as const } };
    const { response } = await client.chat.completions
      .create({
        model: 'small', messages: [{ role: 'developer', content: 'Be brief.' }, { role: 'user', name: 'ann', content: [{ type: 'text', text: 'What is it?' }, image] }],
        stop: 'END', seed: 7, temperature: 0.5, top_p: 0.9, max_completion_tokens: 50, service_tier: 'flex', frequency_penalty: 0.5, user: 'u1',
      })
      .withResponse();
    expect(bench.stub.requests[0]?.body).toMatchObject({
      messages: [{ content: 'Be brief.' }, { role: 'user', content: [{ type: 'text', text: 'What is it?' }, image] }],
      stop: ['END'], seed: 7, temperature: 0.5, top_p: 0.9, service_tier: 'flex', frequency_penalty: 0.5, user: 'u1',
    });
    expect(response.headers.get('x-cascade-warning')).toBe('messages[1].name is not passed on');
  });

  it('is told which fields another vendor\'s model was spared', async () => {
    bench.stub.enqueue('Paris.');
    const { response } = await client.chat.completions.create({ model: 'cascade:claude', messages, frequency_penalty: 0.5 }).withResponse();
    expect(response.headers.get('x-cascade-warning')).toBe('not passed on, because anthropic/claude-haiku-4-5 takes no such field: frequency_penalty');
    expect(bench.stub.requests[0]?.body).not.toHaveProperty('frequency_penalty');
  });

  it.each([
    [429, 'RateLimitError', 429, 'rate_limit_error'],
    [400, 'BadRequestError', 400, 'invalid_request_error'],
    [401, 'InternalServerError', 502, 'server_error'],
    [500, 'InternalServerError', 502, 'server_error'],
    [503, 'InternalServerError', 503, 'server_error'],
  ])('sees a vendor\'s %i as a %s', async (status, name, seen, type) => {
    const fault = { fault: { type: 'status' as const, status } };
    for (const stream of [false, true]) {
      bench.stub.enqueue(fault as never, fault as never);
      const error = await client.chat.completions.create({ model: 'cascade', messages, stream }).then(() => undefined, (reason: InstanceType<typeof OpenAI.APIError>) => reason);
      expect(error?.constructor.name).toBe(name);
      expect(error).toMatchObject({ status: seen, type });
      expect(error?.message).not.toContain('upstream-secret');
    }
  });

  it('sees a break in the middle of a stream as an error, not as an end', async () => {
    bench.stub.enqueue({ text: 'One two three four five six.', fault: { type: 'error-event', afterChunks: 3, status: 500, message: 'boom' }, timing: { firstChunkMs: 5, chunkMs: 5 } } as never);
    const stream = await client.chat.completions.create({ model: 'large', messages, stream: true });
    let text = '';
    const read = (async () => {
      for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
    })();
    await expect(read).rejects.toThrow();
    expect(text).toMatch(/^One/);
  });

  it('closes the upstream connection when it leaves', async () => {
    const slow = { text: 'word '.repeat(200), timing: { firstChunkMs: 5, chunkMs: 20 } };
    bench.stub.enqueue(slow);
    const stream = await client.chat.completions.create({ model: 'large', messages, stream: true });
    for await (const _ of stream) break;
    await bench.stub.requests[0]?.ended;
    expect(bench.stub.requests[0]?.outcome).toBe('left');

    bench.stub.enqueue(slow);
    const controller = new AbortController();
    const answer = client.chat.completions.create({ model: 'large', messages }, { signal: controller.signal });
    while (bench.stub.requests.length < 2) await new Promise((resolve) => setTimeout(resolve, 5));
    controller.abort();
    await expect(answer).rejects.toThrow('aborted');
    await bench.stub.requests[1]?.ended;
    expect(bench.stub.requests[1]?.outcome).toBe('left');
    expect(bench.gateway.active).toBe(0);
  });

  it('lists the models', async () => {
    const names = [];
    for await (const model of client.models.list()) names.push(model.id);
    expect(names).toEqual(expect.arrayContaining(['cascade', 'cascade:main', 'cascade:claude', 'small', 'openai/large', 'claude-opus-4-6']));
    expect(await client.models.retrieve('openai/large')).toMatchObject({ id: 'openai/large', owned_by: 'openai' });
    await expect(client.models.retrieve('nobody')).rejects.toMatchObject({ status: 404, code: 'model_not_found' });
  });
});
