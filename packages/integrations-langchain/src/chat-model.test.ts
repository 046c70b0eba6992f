import type { Stub, StubRequest } from '@cascadeflow/testing';
import { AIMessage, type AIMessageChunk, HumanMessage, SystemMessage, ToolMessage } from '@langchain/core/messages';
import { StringOutputParser } from '@langchain/core/output_parsers';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { tool } from '@langchain/core/tools';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { readDecision } from './answer/decision.ts';
import { startVendors, stubCascade, type Vendor } from './langchain-doubles.ts';

const setups: readonly (readonly [Vendor, Vendor])[] = [['openai', 'openai'], ['anthropic', 'anthropic'], ['openai', 'anthropic'], ['anthropic', 'openai']];

const weather = tool(({ city }: { city: string }) => `sunny in ${city}`, { name: 'weather', description: 'Weather of a city', schema: z.object({ city: z.string() }) });
const Person = z.object({ name: z.string(), age: z.number() });
const personSchema = { title: 'person', type: 'object', properties: { name: { type: 'string' }, age: { type: 'number' } }, required: ['name', 'age'] };

vi.setConfig({ testTimeout: 30_000 });

let stub: Stub;
beforeAll(async () => void (stub = await startVendors(() => 'good')));
afterAll(() => stub.close());
beforeEach(() => stub.clear());

/** Answers as text, tool call or JSON, whichever the request is made for. */
function answerStructured(args: (request: StubRequest) => object) {
  return (request: StubRequest) => {
    const tools = request.body['tools'] as { name?: string; function?: { name: string } }[] | undefined;
    const name = tools?.map((one) => one.function?.name ?? one.name ?? '').find((one) => one !== 'weather');
    return name === undefined ? JSON.stringify(args(request)) : { toolCalls: [{ name, arguments: { ...args(request) } }] };
  };
}

async function collect(stream: AsyncIterable<AIMessageChunk>): Promise<{ chunks: AIMessageChunk[]; whole: AIMessageChunk }> {
  const chunks: AIMessageChunk[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return { chunks, whole: chunks.reduce((sum, chunk) => sum.concat(chunk)) };
}

describe.each(setups)('a cascade of %s and %s', (drafter, verifier) => {
  const cascade = () => stubCascade(stub.url, [drafter, verifier]);
  const models = () => stub.requests.map((request) => (request.body as { model: string }).model);

  it('returns the draft that is accepted', async () => {
    stub.setAnswer(() => 'good draft');
    const message = await cascade().invoke('question');
    expect(message.content).toBe('good draft');
    expect(models()).toEqual(['cheap']);
    expect(readDecision(message)).toMatchObject({ modelUsed: 'cheap', draftAccepted: true, escalations: 0, pricingIncomplete: false });
    expect(readDecision(message)?.costSaved).toBeGreaterThan(0);
  });

  it('returns the verifier where the draft is not, with the tokens of both', async () => {
    stub.setAnswer(({ model }) => (model === 'cheap' ? { text: 'bad draft', usage: { input: 10, output: 5 } } : { text: 'the answer', usage: { input: 11, output: 7 } }));
    const message = await cascade().invoke([new SystemMessage('be brief'), new HumanMessage('question')]);
    expect(message.content).toBe('the answer');
    expect(models()).toEqual(['cheap', 'dear']);
    expect(message.usage_metadata).toMatchObject({ input_tokens: 21, output_tokens: 12, total_tokens: 33 });
    const decision = readDecision(message);
    expect(decision).toMatchObject({ modelUsed: 'dear', provider: verifier, cascaded: true, draftAccepted: false, escalations: 1 });
    expect(decision?.totalCost).toBeCloseTo(15e-6 + 180e-6, 12);
    expect(decision?.attempts.map((attempt) => [attempt.model, attempt.status, attempt.chosen])).toEqual([['cheap', 'ok', false], ['dear', 'ok', true]]);
  });

  it('streams the same answer, and one answer only', async () => {
    stub.setAnswer(({ model }) => (model === 'cheap' ? { text: 'bad draft text', usage: { input: 10, output: 5 } } : { text: 'the answer in some words', usage: { input: 11, output: 7 } }));
    const { chunks, whole } = await collect(await cascade().stream('question'));
    expect(whole.content).toBe('the answer in some words');
    expect(chunks.filter((chunk) => chunk.text !== '').length).toBeGreaterThan(2);
    expect(whole.usage_metadata).toMatchObject({ input_tokens: 21, output_tokens: 12 });
    expect(chunks.filter((chunk) => chunk.usage_metadata)).toHaveLength(1);
    expect(chunks.at(-1)?.usage_metadata).toBeDefined();
    expect(readDecision(chunks.at(-1))).toMatchObject({ modelUsed: 'dear' });
    expect(whole.response_metadata['model_provider']).toBe(verifier);
  });

  it('streams an accepted draft', async () => {
    stub.setAnswer(() => 'good words of a draft');
    const { whole } = await collect(await cascade().stream('question'));
    expect(whole.content).toBe('good words of a draft');
    expect(readDecision(whole)).toMatchObject({ modelUsed: 'cheap', draftAccepted: true });
  });

  it('binds tools to both, in invoke and stream', async () => {
    stub.setAnswer(({ model }) => ({ toolCalls: [{ id: `call_${model}`, name: 'weather', arguments: { city: model === 'cheap' ? 'bad' : 'Rome' } }] }));
    const bound = cascade().bindTools([weather], { tool_choice: 'weather' });
    const message = await bound.invoke('weather?');
    expect(message.tool_calls).toMatchObject([{ id: 'call_dear', name: 'weather', args: { city: 'Rome' } }]);
    const wire = stub.requests.map((request) => JSON.stringify(request.body));
    for (const body of wire) expect(body).toContain('"weather"');
    const { whole } = await collect(await bound.stream('weather?'));
    expect(whole.tool_calls).toMatchObject([{ id: 'call_dear', name: 'weather', args: { city: 'Rome' } }]);
    expect(readDecision(whole)).toMatchObject({ modelUsed: 'dear', escalations: 1 });
  });

  it('goes on after a tool message, whoever made the call', async () => {
    stub.setAnswer(({ body }) => (JSON.stringify(body['messages']).includes('sunny') ? 'good: it is sunny' : { toolCalls: [{ id: 'toolu_1', name: 'weather', arguments: { city: 'Rome' } }] }));
    const bound = cascade().bindTools([weather]);
    const asked = await bound.invoke('weather in Rome?');
    const call = asked.tool_calls?.[0] as { id: string; name: string };
    const answer = await bound.invoke([new HumanMessage('weather in Rome?'), asked, new ToolMessage({ content: 'sunny', tool_call_id: call.id, name: call.name })]);
    expect(answer.text).toBe('good: it is sunny');
  });

  it.each(['functionCalling', 'jsonSchema', undefined] as const)('gives structured output by %s', async (method) => {
    stub.setAnswer(answerStructured(({ model }) => ({ name: model === 'cheap' ? 'bad' : 'Ada', age: 36 })));
    const config = method === undefined ? {} : { method };
    expect(await cascade().withStructuredOutput(Person, config).invoke('who?')).toEqual({ name: 'Ada', age: 36 });
    expect(models()).toEqual(['cheap', 'dear']);
    expect(await cascade().withStructuredOutput(personSchema, config).invoke('who?')).toEqual({ name: 'Ada', age: 36 });
    const both = await cascade().withStructuredOutput(Person, { ...config, includeRaw: true }).invoke('who?');
    expect(both.parsed).toEqual({ name: 'Ada', age: 36 });
    expect(readDecision(both.raw)).toMatchObject({ modelUsed: 'dear' });
    const parts: unknown[] = [];
    for await (const part of await cascade().withStructuredOutput(Person, config).stream('who?')) parts.push(part);
    expect(parts.at(-1)).toEqual({ name: 'Ada', age: 36 });
  });

  it('throws on an answer that does not fit, and gives null beside the raw one', async () => {
    stub.setAnswer(answerStructured(() => ({ name: 'Ada' })));
    await expect(cascade().withStructuredOutput(Person).invoke('who?')).rejects.toThrow(/does not fit the schema/u);
    const both = await cascade().withStructuredOutput(Person, { includeRaw: true }).invoke('who?');
    expect(both.parsed).toBeNull();
    expect(AIMessage.isInstance(both.raw)).toBe(true);
  });

  it('takes tools and a schema together', async () => {
    const bound = cascade().bindTools([weather]).withStructuredOutput(Person, { includeRaw: true, name: 'person' });
    stub.setAnswer(() => ({ toolCalls: [{ id: 'toolu_1', name: 'weather', arguments: { city: 'Rome' } }] }));
    const first = await bound.invoke('who?');
    expect(first.parsed).toBeNull();
    expect((first.raw as AIMessage).tool_calls).toMatchObject([{ name: 'weather' }]);
    stub.setAnswer(answerStructured(({ model }) => ({ name: model === 'cheap' ? 'bad' : 'Ada', age: 36 })));
    const second = await bound.invoke('who?');
    expect(second.parsed).toEqual({ name: 'Ada', age: 36 });
    const sent = stub.requests.map((request) => JSON.stringify(request.body));
    for (const body of sent) expect(body).toMatch(/"weather".*"person"/su);
  });

  it('hands images on to the wire', async () => {
    stub.setAnswer(({ model }) => (model === 'cheap' ? 'bad' : 'a cat'));
    const image = 'iVBORw0KGgo=';
    await cascade().invoke([new HumanMessage({ content: [{ type: 'text', text: 'what is it?' }, { type: 'image_url', image_url: { url: `data:image/png;base64,${image}` } }] })]);
    expect(stub.requests).toHaveLength(2);
    for (const request of stub.requests) expect(request.rawBody).toContain(image);
  });

  it('runs in chains and batches', async () => {
    stub.setAnswer(({ prompt }) => `good ${prompt}`);
    const chain = ChatPromptTemplate.fromTemplate('about {topic}').pipe(cascade()).pipe(new StringOutputParser());
    expect(await chain.invoke({ topic: 'rain' })).toBe('good about rain');
    expect(await chain.batch([{ topic: 'a' }, { topic: 'b' }])).toEqual(['good about a', 'good about b']);
    let streamed = '';
    for await (const text of await chain.stream({ topic: 'snow' })) streamed += text;
    expect(streamed).toBe('good about snow');
  });

  it('stops when it is told to', async () => {
    await expect(cascade().invoke('question', { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
    stub.setAnswer(() => ({ text: 'late', timing: { firstChunkMs: 5000 } }));
    const controller = new AbortController();
    const running = cascade().invoke('question', { signal: controller.signal });
    const failure = expect(running).rejects.toThrow('changed my mind');
    await vi.waitFor(() => expect(stub.requests).toHaveLength(1));
    controller.abort(new Error('changed my mind'));
    await failure;
    await stub.requests.at(-1)?.ended;
    expect(stub.requests.at(-1)?.outcome).toBe('left');
    await expect(cascade().invoke('question', { timeout: 30 })).rejects.toThrow(/timeout|aborted/iu);
  });

  it('leaves no call running behind a stream that is left', async () => {
    stub.setAnswer(({ model }) => (model === 'cheap' ? 'bad' : { text: 'one two three four', timing: { firstChunkMs: 0, chunkMs: 50 } }));
    for await (const chunk of await cascade().stream('question')) if (chunk.text !== '') break;
    await stub.requests.at(-1)?.ended;
    expect(stub.requests.at(-1)?.outcome).toBe('left');
  });

  it('escalates when the drafter fails, and says what failed when everybody does', async () => {
    stub.setAnswer(({ model }) => (model === 'cheap' ? { fault: { type: 'status', status: 500 } } : 'good'));
    const message = await cascade().invoke('question');
    expect(readDecision(message)?.attempts.map((attempt) => attempt.status)).toEqual(['failed', 'ok']);
    stub.setAnswer(() => ({ fault: { type: 'status', status: 429 } }));
    const error = await cascade().invoke('question').catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'all-models-failed', cause: { status: 429 } });
    const streamed = await cascade().stream('question').then(collect).catch((thrown: unknown) => thrown);
    expect(streamed).toMatchObject({ code: 'all-models-failed', cause: { status: 429 } });
    const rescued = await cascade().withFallbacks([cascadeThatWorks()]).invoke('question');
    expect(rescued.content).toBe('good');
  });

  function cascadeThatWorks() {
    stub.enqueue({ fault: { type: 'status', status: 500 } }, { fault: { type: 'status', status: 500 } }, 'good');
    return stubCascade(stub.url, [drafter, verifier]);
  }

  it('takes a stream that was cut for a failure, never for an answer', async () => {
    stub.setAnswer(({ model }) => (model === 'cheap' ? { text: 'good but never finished', fault: { type: 'cut', afterChunks: 2 } } : 'the answer'));
    const { whole } = await collect(await cascade().stream('question'));
    expect(whole.content).toBe('the answer');
  });
});

describe('thinking', () => {
  it('comes through whole, and goes to nobody but its author', async () => {
    const cascade = stubCascade(stub.url, ['openai', 'anthropic']);
    stub.setAnswer(({ model }) => (model === 'cheap' ? 'bad' : { reasoning: 'let me think', text: 'the answer' }));
    const message = await cascade.invoke('question');
    expect(message.content).toEqual([expect.objectContaining({ type: 'thinking', thinking: 'let me think' }), expect.objectContaining({ type: 'text', text: 'the answer' })]);
    const { whole } = await collect(await cascade.stream('question'));
    expect(whole.text).toBe('the answer');
    expect(JSON.stringify(whole.content)).toContain('let me think');

    stub.clear();
    await cascade.invoke([new HumanMessage('question'), message, new HumanMessage('and then?')]);
    const [toOpenAI, toAnthropic] = stub.requests.map((request) => request.rawBody);
    expect(toOpenAI).toContain('the answer');
    expect(toOpenAI).not.toContain('let me think');
    expect(toAnthropic).toContain('let me think');
  });
});
