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

const weather = { type: 'function' as const, name: 'weather', description: 'Weather of a city.', strict: true, parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false } };

describe('the official OpenAI client at /v1/responses', () => {
  it('gets an accepted draft, its usage, and the decision', async () => {
    bench.stub.enqueue({ text: 'Paris.', usage: { input: 10, cachedInput: 2, output: 2, reasoning: 1 } });
    const { data, response } = await client.responses.create({ model: 'cascade', instructions: 'Be brief.', input: 'What is the capital of France?' }).withResponse();
    expect(data).toMatchObject({ object: 'response', status: 'completed', model: 'small', output_text: 'Paris.', instructions: 'Be brief.', usage: { input_tokens: 12, output_tokens: 3, total_tokens: 15 } });
    expect(response.headers.get('x-cascade-model')).toBe('small');
    expect(bench.stub.requests[0]?.body).toMatchObject({ messages: [{ role: 'system', content: 'Be brief.' }, { role: 'user', content: 'What is the capital of France?' }] });
  });

  it('streams an escalated answer alone, in events that the client folds into the same response', async () => {
    bench.stub.enqueue('I am unsure.', { text: 'It is Paris.', usage: { input: 10, output: 4 } });
    const stream = client.responses.stream({ model: 'cascade', input: 'What is the capital of France?' });
    const types: string[] = [];
    let text = '';
    for await (const event of stream) {
      types.push(event.type);
      if (event.type === 'response.output_text.delta') text += event.delta;
    }
    const final = await stream.finalResponse();
    expect(text).toBe('It is Paris.');
    expect(final).toMatchObject({ status: 'completed', model: 'large', output_text: 'It is Paris.', usage: { output_tokens: 4 } });
    expect(types.filter((type) => type !== 'response.output_text.delta')).toEqual([
      'response.created', 'response.in_progress', 'response.output_item.added', 'response.content_part.added',
      'response.output_text.done', 'response.content_part.done', 'response.output_item.done', 'response.completed',
    ]);
  });

  it('passes tools and their results both ways, streamed and not', async () => {
    const call = { text: '', toolCalls: [{ id: 'call_1', name: 'weather', arguments: { city: 'Oslo' } }] };
    bench.stub.enqueue(call);
    const first = await client.responses.create({ model: 'small', input: 'Weather in Oslo?', tools: [weather], tool_choice: 'required' });
    expect(first.output).toMatchObject([{ type: 'function_call', call_id: 'call_1', name: 'weather', arguments: '{"city":"Oslo"}', status: 'completed' }]);
    expect(bench.stub.requests[0]?.body).toMatchObject({ tool_choice: 'required', tools: [{ type: 'function', function: { name: 'weather', strict: true } }] });
    bench.stub.enqueue(call);
    const stream = client.responses.stream({ model: 'small', input: 'Weather in Oslo?', tools: [weather] });
    expect((await stream.finalResponse()).output).toMatchObject([{ type: 'function_call', call_id: 'call_1', arguments: '{"city":"Oslo"}' }]);
    bench.stub.enqueue('Four degrees.');
    await client.responses.create({
      model: 'small',
      tools: [weather],
      input: [{ role: 'user', content: 'Weather in Oslo?' }, ...(first.output as OpenAI.Responses.ResponseInputItem[]), { type: 'function_call_output', call_id: 'call_1', output: '4' }],
    });
    expect(bench.stub.requests.at(-1)?.body).toMatchObject({
      messages: [{ role: 'user' }, { role: 'assistant', tool_calls: [{ id: 'call_1', function: { name: 'weather', arguments: '{"city":"Oslo"}' } }] }, { role: 'tool', tool_call_id: 'call_1', content: '4' }],
    });
  });

  it('holds answers to a schema, shows images to the model, and says what was cut', async () => {
    bench.stub.enqueue({ text: '{"city":"Oslo"}' }, { text: 'A cat', finishReason: 'length' });
    const schema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false };
    const parsed = await client.responses.parse({ model: 'small', input: 'Which city?', text: { format: { type: 'json_schema', name: 'place', schema, strict: true } } });
    expect(parsed.output_parsed).toEqual({ city: 'Oslo' });
    expect(bench.stub.requests[0]?.body).toMatchObject({ response_format: { type: 'json_schema', json_schema: { name: 'place' } } });
    const image = { type: 'input_image' as const, image_url: 'data:image/png;base64,iVBORw0KGgo=', detail: 'low' as const };
    const cut = await client.responses.create({ model: 'small', max_output_tokens: 16, input: [{ role: 'user', content: [{ type: 'input_text', text: 'What is it?' }, image] }] });
    expect(cut).toMatchObject({ status: 'incomplete', incomplete_details: { reason: 'max_output_tokens' }, output_text: 'A cat' });
    expect(bench.stub.requests.at(-1)?.body).toMatchObject({ max_tokens: 16, messages: [{ content: [{ type: 'text' }, { type: 'image_url', image_url: { detail: 'low' } }] }] });
  });

  it('refuses what it cannot do by name, and warns of what it does not', async () => {
    await expect(client.responses.create({ model: 'cascade', input: 'hi', previous_response_id: 'resp_1' })).rejects.toMatchObject({ status: 400, message: expect.stringMatching(/previous_response_id.*keeps no conversations/) });
    await expect(client.responses.create({ model: 'cascade', input: 'hi', tools: [{ type: 'web_search' }] as never })).rejects.toMatchObject({ status: 400, message: expect.stringMatching(/tools\[0\]\.type: only tools of the type function/) });
    await expect(client.responses.create({ model: 'none', input: 'hi' })).rejects.toMatchObject({ status: 404 });
    bench.stub.enqueue('Hello.');
    const { response } = await client.responses.create({ model: 'cascade', input: 'hi', store: true, include: ['reasoning.encrypted_content'] }).withResponse();
    expect(response.headers.get('x-cascade-warning')).toMatch(/store: .*include: reasoning\.encrypted_content/);
  });

  it('tells a failure that comes before the first text by its status, and one that comes later as an error event', async () => {
    bench.stub.enqueue({ fault: { type: 'status', status: 500 } }, { fault: { type: 'status', status: 500 } });
    await expect(client.responses.create({ model: 'cascade', input: 'hi', stream: true })).rejects.toMatchObject({ status: 502 });
    bench.stub.enqueue({ text: 'one two three four', fault: { type: 'cut', afterChunks: 2 } });
    const read = async () => {
      for await (const _ of await client.responses.create({ model: 'large', input: 'hi', stream: true })) void _;
    };
    await expect(read()).rejects.toThrow();
  });
});
