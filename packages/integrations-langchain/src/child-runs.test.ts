import type { Stub } from '@cascadeflow/testing';
import { BaseCallbackHandler } from '@langchain/core/callbacks/base';
import { InMemoryCache } from '@langchain/core/caches';
import { RunnableLambda } from '@langchain/core/runnables';
import { FakeChatModel, FakeListChatModel } from '@langchain/core/utils/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { readDecision } from './answer/decision.ts';
import { CascadeCostHandler } from './cost-handler.ts';
import { plainRouter, startVendors, stubCascade, wordJudge } from './langchain-doubles.ts';
import { withCascade } from './with-cascade.ts';

vi.setConfig({ testTimeout: 30_000 });

let stub: Stub;
beforeAll(async () => void (stub = await startVendors(() => 'good')));
afterAll(() => stub.close());
beforeEach(() => stub.clear());

/** Writes down what LangChain reports of runs. */
class Recorder extends BaseCallbackHandler {
  name = 'recorder';
  override awaitHandlers = true;
  readonly starts: { name: string; runId: string; parent: string | undefined; tags: string[] }[] = [];
  readonly ends: string[] = [];
  readonly errors: string[] = [];
  tokens = '';

  override handleChatModelStart(llm: { id?: string[] }, _messages: unknown, runId: string, parent?: string, _extra?: unknown, tags: string[] = []): void {
    this.starts.push({ name: llm.id?.at(-1) ?? '', runId, parent, tags });
  }
  override handleLLMEnd(_output: unknown, runId: string): void {
    this.ends.push(runId);
  }
  override handleLLMError(_error: unknown, runId: string): void {
    this.errors.push(runId);
  }
  override handleLLMNewToken(token: string): void {
    this.tokens += token;
  }
}

const badThenGood = ({ model }: { readonly model: string }) => (model === 'cheap' ? 'bad draft' : 'the answer');

describe('runs of drafter and verifier', () => {
  it('are children of the cascade, and their tokens stay with them', async () => {
    stub.setAnswer(badThenGood);
    const recorder = new Recorder();
    const stream = await stubCascade(stub.url, ['openai', 'anthropic']).stream('question', { callbacks: [recorder], tags: ['mine'] });
    for await (const _ of stream) { /* to the end */ }
    const [parent, ...children] = recorder.starts;
    expect(recorder.starts.map((start) => start.name)).toEqual(['CascadeChatModel', 'ChatOpenAI', 'ChatAnthropic']);
    for (const child of children) {
      expect(child.parent).toBe(parent?.runId);
      expect(child.tags).toEqual(expect.arrayContaining(['mine', 'nostream']));
    }
    expect(recorder.ends).toHaveLength(3);
    expect(recorder.tokens).toBe('the answer');
  });

  it('report their failures', async () => {
    stub.setAnswer(({ model }) => (model === 'cheap' ? { fault: { type: 'status', status: 500 } } : 'good'));
    const recorder = new Recorder();
    await stubCascade(stub.url, ['openai', 'openai']).invoke('question', { callbacks: [recorder] });
    expect(recorder.errors).toEqual([recorder.starts[1]?.runId]);
    expect(recorder.ends).toHaveLength(2);
  });

  it('show one text in streamed events, under the chain that asked', async () => {
    stub.setAnswer(badThenGood);
    const chain = RunnableLambda.from((text: string) => text).pipe(stubCascade(stub.url, ['openai', 'openai']));
    let text = '';
    const names = new Set<string>();
    for await (const event of chain.streamEvents('question', { version: 'v2' })) {
      if (event.event === 'on_chat_model_stream') {
        text += event.data.chunk.content as string;
        names.add(event.name);
      }
    }
    expect(text).toBe('the answer');
    expect([...names]).toEqual(['CascadeChatModel']);
  });

  it("speak LangChain's newer event protocol", async () => {
    stub.setAnswer(badThenGood);
    const stream = stubCascade(stub.url, ['openai', 'openai']).streamEvents('question');
    let text = '';
    for await (const piece of stream.text) text += piece;
    expect(text).toBe('the answer');
    expect(await stream).toMatchObject({ usage_metadata: { total_tokens: expect.any(Number) } });
  });
});

describe('concurrent runs', () => {
  it('never share anything: 200 at once, each with its own answer, cost and metadata', async () => {
    stub.setAnswer(({ model, prompt }) => {
      const number = Number(prompt.split(' ')[1]);
      return { text: model === 'cheap' && number % 2 === 1 ? `bad ${number}` : `${model} ${number}`, usage: { input: number, output: 1 }, timing: { firstChunkMs: (number * 7) % 40 } };
    });
    const cascade = stubCascade(stub.url, ['openai', 'anthropic']);
    const cost = new CascadeCostHandler();
    const messages = await Promise.all(Array.from({ length: 200 }, (_, number) => cascade.invoke(`question ${number}`, { callbacks: [cost], cascade: { metadata: { number } } })));
    const runIds = new Set(messages.map((message) => readDecision(message)?.runId));
    expect(runIds.size).toBe(200);
    let total = 0;
    messages.forEach((message, number) => {
      const isEscalated = number % 2 === 1;
      expect(message.content).toBe(`${isEscalated ? 'dear' : 'cheap'} ${number}`);
      expect(message.usage_metadata).toMatchObject({ input_tokens: isEscalated ? 2 * number : number });
      expect(readDecision(message)?.attempts).toHaveLength(isEscalated ? 2 : 1);
      total += readDecision(message)?.totalCost ?? Number.NaN;
    });
    expect(cost.totals).toMatchObject({ runs: 200, escalated: 100, draftsAccepted: 100, failed: 0, pricingIncomplete: false });
    expect(cost.totals.totalCost).toBeCloseTo(total, 12);
  }, 60_000);
});

describe('LangChain around a cascade', () => {
  const withoutTools = (responses: string[]) => Object.assign(new FakeListChatModel({ responses }), { bindTools: undefined }) as unknown as FakeListChatModel;
  const fakes = (drafts: string[], answers: string[]) =>
    withCascade({
      judge: wordJudge,
      router: plainRouter,
      drafter: { chatModel: withoutTools(drafts), name: 'fake drafter', cost: 0.001 },
      verifier: { chatModel: withoutTools(answers), name: 'fake verifier', cost: 0.01 },
    });

  it('wraps fake models, which know neither tools nor token counts', async () => {
    const cascade = fakes(['bad'], ['from above']);
    const message = await cascade.invoke('question');
    expect(message.content).toBe('from above');
    expect(readDecision(message)).toMatchObject({ modelUsed: 'fake verifier', costEstimated: true });
    let text = '';
    for await (const chunk of await cascade.stream('question')) text += chunk.text;
    expect(text).toBe('from above');
    expect(() => cascade.bindTools([{ name: 'x', schema: { type: 'object' } }])).toThrow(/fake verifier answers last and has no bindTools/u);
  });

  it('leaves a drafter without tools out of runs with tools, and says so', async () => {
    const verifier = new FakeListChatModel({ responses: ['good'] });
    const cascade = withCascade({
      judge: wordJudge,
      router: plainRouter,
      drafter: { chatModel: withoutTools(['good']), name: 'no tools' },
      verifier: { chatModel: verifier, name: 'with tools' },
    });
    const message = await cascade.bindTools([{ type: 'function', function: { name: 'look', parameters: { type: 'object' } } }]).invoke('question');
    expect(readDecision(message)).toMatchObject({ modelUsed: 'with tools', excluded: [{ model: 'no tools', reason: 'it cannot call tools' }] });
  });

  it('refuses a schema that a model cannot be held to', () => {
    const cascade = withCascade({ drafter: { chatModel: new FakeChatModel({}), name: 'plain' }, verifier: { chatModel: new FakeListChatModel({ responses: [] }), name: 'listed' } });
    expect(() => cascade.withStructuredOutput({ title: 'x', type: 'object' })).toThrow(/plain cannot be held to a schema/u);
  });

  it('holds models to JSON by their JSON mode', async () => {
    stub.setAnswer(({ model }) => (model === 'cheap' ? 'bad' : '{"a":1}'));
    const cascade = stubCascade(stub.url, ['openai', 'openai']);
    expect(await cascade.withStructuredOutput(z.object({ a: z.number() }), { method: 'jsonMode' }).invoke('question')).toEqual({ a: 1 });
    for (const request of stub.requests) expect(request.body).toMatchObject({ response_format: { type: 'json_object' } });
  });

  it('is tried again by withRetry', async () => {
    stub.setAnswer(() => 'good');
    stub.enqueue({ fault: { type: 'status', status: 500 } }, { fault: { type: 'status', status: 500 } });
    const message = await stubCascade(stub.url, ['openai', 'openai']).withRetry({ stopAfterAttempt: 2 }).invoke('question');
    expect(message.content).toBe('good');
    expect(stub.requests).toHaveLength(3);
  });

  it("answers from LangChain's cache at no cost", async () => {
    stub.setAnswer(() => 'good');
    const cost = new CascadeCostHandler();
    const cascade = stubCascade(stub.url, ['openai', 'openai'], { params: { cache: new InMemoryCache(), callbacks: [cost] } });
    await cascade.invoke('question');
    const again = await cascade.invoke('question');
    expect(again.content).toBe('good');
    expect(stub.requests).toHaveLength(1);
    expect(cost.totals.runs).toBe(1);
  });

  it('keeps what withConfig was given, and what the call adds', async () => {
    stub.setAnswer(() => 'good');
    const recorder = new Recorder();
    const cascade = stubCascade(stub.url, ['openai', 'openai']).withConfig({ tags: ['bound'], stop: ['END'] });
    await cascade.invoke('question', { tags: ['called'], callbacks: [recorder] });
    expect(recorder.starts[0]?.tags).toEqual(['bound', 'called']);
    expect(stub.requests[0]?.body).toMatchObject({ stop: ['END'] });
  });

  it('counts the cost of failed runs', async () => {
    stub.setAnswer(({ model }) => (model === 'cheap' ? { text: 'bad', usage: { input: 100, output: 100 } } : { fault: { type: 'status', status: 500 } }));
    const cost = new CascadeCostHandler();
    const message = await stubCascade(stub.url, ['openai', 'openai']).invoke('question', { callbacks: [cost] });
    expect(readDecision(message)).toMatchObject({ degraded: true, modelUsed: 'cheap' });
    expect(cost.totals.totalCost).toBeCloseTo(200e-6, 12);
  });
});
