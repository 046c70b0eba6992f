import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAI as createOpenAIV2 } from '@ai-sdk/openai-v2';
import { createOpenAI as createOpenAIV3 } from '@ai-sdk/openai-v3';
import { scriptedModel, type Stub } from '@cascadeflow/testing';
import * as ai7 from 'ai';
import * as ai5 from 'ai-v5';
import * as ai6 from 'ai-v6';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import manifest from '../package.json' with { type: 'json' };
import { plainRouter, priced, startVendors, versions, wordJudge } from './ai-sdk-doubles.ts';
import { readDecision } from './answer/decision.ts';
import { cascade } from './cascade.ts';
import { cascadeMiddleware } from './middleware.ts';

let stub: Stub;
beforeAll(async () => {
  vi.stubGlobal('AI_SDK_LOG_WARNINGS', false);
  stub = await startVendors(() => 'good');
});
afterAll(() => stub.close());
beforeEach(() => stub.clear());

const Person = z.object({ name: z.string(), age: z.number() });

describe.each(versions)('$name', ({ ai, models }) => {
  const model = () => priced(models(stub.url));
  const asked = () => stub.requests.map((request) => (request.body as { model: string }).model);
  const badThen = (answer: string) => {
    stub.setAnswer(({ model: name }) => (name === 'cheap' ? { text: 'bad draft text', usage: { input: 10, output: 5 } } : { text: answer, usage: { input: 11, output: 7 } }));
  };

  it('generates text from the draft that is accepted', async () => {
    stub.setAnswer(() => 'good draft');
    const result = await ai.generateText({ model: model(), prompt: 'question' });
    expect(result.text).toBe('good draft');
    expect(asked()).toEqual(['cheap']);
    expect(readDecision(result)).toMatchObject({ modelUsed: 'cheap', draftAccepted: true, pricingIncomplete: false });
  });

  it('generates text from the verifier where the draft is not, with the tokens of both', async () => {
    badThen('the answer');
    const result = await ai.generateText({ model: model(), system: 'be brief', prompt: 'question', temperature: 0.5, maxOutputTokens: 50 });
    expect(result.text).toBe('the answer');
    expect(asked()).toEqual(['cheap', 'dear']);
    for (const request of stub.requests) expect(request.body).toMatchObject({ temperature: 0.5 });
    expect(result.usage).toMatchObject({ inputTokens: 21, outputTokens: 12, totalTokens: 33 });
    expect(readDecision(result)).toMatchObject({ modelUsed: 'dear', escalations: 1, attempts: [{ chosen: false }, { chosen: true }] });
    expect(readDecision(result)?.totalCost).toBeCloseTo(15e-6 + 180e-6, 12);
    expect(result.response.modelId).toBe('dear');
  });

  it('streams the same answer, and one answer only', async () => {
    badThen('the answer in some words');
    const result = ai.streamText({ model: model(), prompt: 'question' });
    const parts: string[] = [];
    for await (const part of result.textStream) parts.push(part);
    expect(parts.join('')).toBe('the answer in some words');
    expect(parts.length).toBeGreaterThan(2);
    expect(await result.usage).toMatchObject({ inputTokens: 21, outputTokens: 12 });
    expect(readDecision({ providerMetadata: await result.providerMetadata })).toMatchObject({ modelUsed: 'dear' });
  });

  it('gives a UI message stream with one message of one text', async () => {
    badThen('the answer in some words');
    const response = ai.streamText({ model: model(), prompt: 'question' }).toUIMessageStreamResponse();
    const events = (await response.text()).split('\n\n').flatMap((line) => (line.startsWith('data: {') ? [JSON.parse(line.slice(6)) as { type: string; delta?: string }] : []));
    expect(events.filter((event) => event.type === 'start')).toHaveLength(1);
    expect(events.filter((event) => event.type === 'text-start')).toHaveLength(1);
    expect(events.filter((event) => event.type === 'finish')).toHaveLength(1);
    expect(events.map((event) => (event.type === 'text-delta' ? event.delta : '')).join('')).toBe('the answer in some words');
  });

  it('generates and streams objects, and escalates a draft that is not one', async () => {
    stub.setAnswer(({ model: name }) => ({ text: name === 'cheap' ? 'bad, no JSON' : '{"name":"Ada","age":36}' }));
    const { object } = await ai.generateObject({ model: model(), schema: Person, prompt: 'who?' });
    expect(object).toEqual({ name: 'Ada', age: 36 });
    expect(asked()).toEqual(['cheap', 'dear']);
    const streamed = ai.streamObject({ model: model(), schema: Person, prompt: 'who?' });
    for await (const _ of streamed.partialObjectStream) { /* to the end */ }
    expect(await streamed.object).toEqual({ name: 'Ada', age: 36 });
  });

  it('runs tools over several steps, escalating in between', async () => {
    stub.setAnswer(({ model: name, body }) => {
      const turn = (JSON.stringify(body['messages']).match(/degrees/gu) ?? []).length;
      if (turn === 0) return { toolCalls: [{ id: 'toolu_1', name: 'weather', arguments: { city: name === 'cheap' ? 'bad' : 'Rome' } }] };
      return 'good: 4 degrees in Rome';
    });
    const execute = vi.fn(({ city }: { city: string }) => `${city.length} degrees`);
    const tools = { weather: ai.tool({ description: 'Temperature of a city', inputSchema: z.object({ city: z.string() }), execute }) };
    const result = await ai.generateText({ model: model(), tools, stopWhen: ai.stepCountIs(5), prompt: 'weather in Rome?' });
    expect(result.text).toBe('good: 4 degrees in Rome');
    expect(execute.mock.calls.map(([input]) => input)).toEqual([{ city: 'Rome' }]);
    expect(asked()).toEqual(['cheap', 'dear', 'cheap']);
    expect(result.steps.map((step) => readDecision(step)?.modelUsed)).toEqual(['dear', 'cheap']);
    const streamed = ai.streamText({ model: model(), tools, stopWhen: ai.stepCountIs(5), prompt: 'weather in Rome?' });
    expect(await streamed.text).toBe('good: 4 degrees in Rome');
    expect(execute).toHaveBeenCalledTimes(2);
  });

  it('hands images on to the wire', async () => {
    badThen('a cat');
    await ai.generateText({ model: model(), messages: [{ role: 'user', content: [{ type: 'text', text: 'what?' }, { type: 'image', image: new Uint8Array([137, 80, 78, 71]), mediaType: 'image/png' }] }] });
    expect(stub.requests).toHaveLength(2);
    for (const request of stub.requests) expect(request.rawBody).toContain('iVBORw');
  });

  it('stops when it is told to', async () => {
    stub.setAnswer(() => ({ text: 'late', timing: { firstChunkMs: 5000 } }));
    const controller = new AbortController();
    const running = expect(ai.generateText({ model: model(), prompt: 'question', abortSignal: controller.signal, maxRetries: 0 })).rejects.toMatchObject({ name: 'AbortError' });
    await vi.waitFor(() => expect(stub.requests).toHaveLength(1));
    controller.abort();
    await running;
    await stub.requests[0]?.ended;
    expect(stub.requests[0]?.outcome).toBe('left');

    stub.clear();
    const second = new AbortController();
    const streamed = ai.streamText({ model: model(), prompt: 'question', abortSignal: second.signal, maxRetries: 0 });
    const types: string[] = [];
    const reading = (async () => {
      for await (const part of streamed.fullStream) types.push(part.type);
    })();
    await vi.waitFor(() => expect(stub.requests).toHaveLength(1));
    second.abort();
    await reading;
    expect(types).toContain('abort');
    await stub.requests[0]?.ended;
    expect(stub.requests[0]?.outcome).toBe('left');
  });

  it('escalates past a drafter that fails, and says what failed when everybody does', async () => {
    stub.setAnswer(({ model: name }) => (name === 'cheap' ? { fault: { type: 'status', status: 500 } } : 'good'));
    const result = await ai.generateText({ model: model(), prompt: 'question' });
    expect(readDecision(result)?.attempts.map((attempt) => attempt.status)).toEqual(['failed', 'ok']);
    stub.setAnswer(() => ({ fault: { type: 'status', status: 429 } }));
    await expect(ai.generateText({ model: model(), prompt: 'question' })).rejects.toMatchObject({ code: 'all-models-failed', cause: { statusCode: 429 } });
    const errors: unknown[] = [];
    const streamed = ai.streamText({ model: model(), prompt: 'question', onError: ({ error }) => void errors.push(error) });
    for await (const _ of streamed.fullStream) { /* to the end */ }
    expect(errors).toMatchObject([{ code: 'all-models-failed' }]);
  });

  it('breaks with an error in the stream when the verifier breaks after its first words', async () => {
    stub.setAnswer(({ model: name }) => (name === 'cheap' ? 'bad' : { text: 'the answer in words', fault: { type: 'cut', afterChunks: 2, clean: false } }));
    const types: string[] = [];
    const streamed = ai.streamText({ model: model(), prompt: 'question', onError: () => {}, maxRetries: 0 });
    for await (const part of streamed.fullStream) types.push(part.type);
    expect(types).toContain('error');
  });

  it('takes a stream that was cut for a failure, never for an answer', async () => {
    stub.setAnswer(({ model: name }) => (name === 'cheap' ? { text: 'good but never finished', fault: { type: 'cut', afterChunks: 2 } } : 'the answer'));
    const streamed = ai.streamText({ model: model(), prompt: 'question' });
    expect(await streamed.text).toBe('the answer');
    expect(readDecision({ providerMetadata: await streamed.providerMetadata })?.attempts.map((attempt) => attempt.status)).toEqual(['cut', 'ok']);
  });

  it('takes options for the cascade with the call', async () => {
    stub.setAnswer(() => 'good');
    await ai.generateText({ model: model(), prompt: 'question', providerOptions: { cascadeflow: { forceModel: 'dear' } } });
    expect(asked()).toEqual(['dear']);
    await expect(ai.generateText({ model: model(), prompt: 'question', providerOptions: { cascadeflow: { forceModel: 'nobody' } } })).rejects.toThrow(/forceModel: no model named/u);
  });

  it('wraps a model as a middleware', async () => {
    badThen('the answer');
    const [drafter, verifier] = models(stub.url);
    const middleware = cascadeMiddleware({ drafter: { model: drafter!, cost: 0.001 }, verifierCost: 0.01, judge: wordJudge, router: plainRouter });
    const wrapped = ai.wrapLanguageModel({ model: verifier as never, middleware: middleware as never });
    const result = await ai.generateText({ model: wrapped, prompt: 'question' });
    expect(result.text).toBe('the answer');
    expect(readDecision(result)).toMatchObject({ modelUsed: 'dear', escalations: 1, pricingIncomplete: false });
    expect(await ai.streamText({ model: wrapped, prompt: 'question' }).text).toBe('the answer');
  });

  it('never shares anything between 50 calls at once', async () => {
    stub.setAnswer(({ model: name, prompt }) => {
      const number = Number(prompt.split(' ')[1]);
      return { text: name === 'cheap' && number % 2 === 1 ? `bad ${number}` : `${name} ${number}`, usage: { input: number + 1, output: 1 } };
    });
    const shared = model();
    const results = await Promise.all(Array.from({ length: 50 }, (_, number) => ai.generateText({ model: shared, prompt: `question ${number}` })));
    results.forEach((result, number) => {
      expect(result.text).toBe(`${number % 2 === 1 ? 'dear' : 'cheap'} ${number}`);
      expect(result.usage.inputTokens).toBe((number + 1) * (number % 2 === 1 ? 2 : 1));
    });
    expect(new Set(results.map((result) => readDecision(result)?.runId)).size).toBe(50);
  });
});

describe('cascade', () => {
  const [{ ai, models }] = versions;

  it('takes models of ours beside those of the AI SDK', async () => {
    const own = () => ({ model: scriptedModel([{ text: 'the answer', chunks: 'words' }], { id: 'own' }), cost: 1 });
    stub.setAnswer(() => 'bad');
    const [drafter] = models(stub.url);
    const make = () => cascade({ judge: wordJudge, router: plainRouter, models: [own(), { model: drafter!, cost: 0.001 }] });
    expect((await ai.generateText({ model: make(), prompt: 'question' })).text).toBe('the answer');
    const streamed = ai.streamText({ model: make(), prompt: 'question' });
    const parts: string[] = [];
    for await (const part of streamed.textStream) parts.push(part);
    expect(parts.join('')).toBe('the answer');
    expect(parts.length).toBeGreaterThan(1);
  });

  it('installs nothing but core', () => {
    expect(Object.keys(manifest.dependencies)).toEqual(['@cascadeflow/contract', '@cascadeflow/core']);
  });

  it('says what it is', async () => {
    const model = priced(models(stub.url));
    expect(model).toMatchObject({ specificationVersion: 'v4', provider: 'cascadeflow', modelId: 'cheap > dear' });
    expect(priced(versions[5].models(stub.url)).specificationVersion).toBe('v2');
    expect(Object.keys(await model.supportedUrls)).toEqual(['image/*']);
  });

  it('is typed for the AI SDK whose models it is given', async () => {
    stub.setAnswer(() => 'good');
    const settings = { baseURL: stub.baseURL, apiKey: 'test-key' };
    const [v2, v3, v4] = [createOpenAIV2(settings), createOpenAIV3(settings), createOpenAI(settings)];
    const texts = [
      (await ai5.generateText({ model: cascade({ models: [v2.chat('a'), { model: v2.chat('b'), cost: 1 }] }), prompt: 'question' })).text,
      (await ai6.generateText({ model: cascade({ drafter: v3.chat('a'), verifier: v3.chat('b') }), prompt: 'question' })).text,
      (await ai7.generateText({ model: cascade({ drafter: { model: v4.chat('a') }, verifier: v4.chat('b') }), prompt: 'question' })).text,
    ];
    expect(texts).toEqual(['good', 'good', 'good']);
  });

  it.each([
    ['one model only', () => cascade({ models: [models(stub.url)[0]!] }), /models: a cascade needs at least two models/u],
    ['a drafter that is the verifier', () => priced([models(stub.url)[0]!, models(stub.url)[0]!]), /verifier: is the same model as drafter \(cheap\)/u],
    ['a model by name', () => cascade({ models: [models(stub.url)[0]!, 'openai/gpt-4o' as never] }), /models\[1\]: expected a language model .* got the text 'openai\/gpt-4o'/u],
    ['text that could be taken back', () => priced(models(stub.url), { release: 'optimistic' }), /release: a stream of the AI SDK cannot take text back/u],
    ['an older version than its models', () => priced(models(stub.url), { specification: 'v2' }), /specification: one of the models speaks v4/u],
    ['an unknown option', () => priced(models(stub.url), { treshold: 1 } as never), /treshold/u],
  ])('refuses %s', (_, make, message) => {
    expect(make).toThrow(expect.objectContaining({ code: 'invalid-options', message: expect.stringMatching(message) }));
  });
});
