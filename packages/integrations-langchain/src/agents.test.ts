import type { Stub, StubRequest } from '@cascadeflow/testing';
import { CascadeAgent } from '@cascadeflow/core';
import { scriptedModel } from '@cascadeflow/testing';
import { AIMessage, type BaseMessage } from '@langchain/core/messages';
import { StringOutputParser } from '@langchain/core/output_parsers';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { tool } from '@langchain/core/tools';
import { createReactAgent } from '@langchain/langgraph/prebuilt';
import { createAgent, toolStrategy } from 'langchain';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { readDecision } from './answer/decision.ts';
import { asModel } from './as-model.ts';
import { CascadeCostHandler } from './cost-handler.ts';
import { chatModel, plainRouter, startVendors, stubCascade, type Vendor, wordJudge } from './langchain-doubles.ts';
import { cascadeMiddleware } from './middleware.ts';
import { cascadeRunnable } from './runnable.ts';

vi.setConfig({ testTimeout: 60_000 });

let stub: Stub;
beforeAll(async () => void (stub = await startVendors(() => 'good')));
afterAll(() => stub.close());
beforeEach(() => stub.clear());

const weather = tool(({ city }: { city: string }) => `${city.length} degrees`, { name: 'weather', description: 'Temperature of a city', schema: z.object({ city: z.string() }) });
const convert = tool(({ celsius }: { celsius: number }) => `${celsius * 1.8 + 32} F`, { name: 'convert', description: 'Celsius to Fahrenheit', schema: z.object({ celsius: z.number() }) });

/** A task in three turns: weather, convert, answer. The drafter slips in the turn that the task's number says. */
function playTask({ model, body }: StubRequest, answer: (text: string) => object | string) {
  const number = Number(/task (\d+)/u.exec(JSON.stringify(body['messages']))?.[1] ?? 0);
  const turn = toolResults(body);
  const city = 'x'.repeat(number + 1);
  const slip = model === 'cheap' && turn === number % 3;
  const usage = { input: 10 + turn, output: 5 };
  if (turn === 0) return { toolCalls: [{ id: `toolu_${number}_0`, name: 'weather', arguments: { city: slip ? 'bad' : city } }], usage };
  if (turn === 1) return { toolCalls: [{ id: `toolu_${number}_1`, name: 'convert', arguments: { celsius: number + 1, ...(slip && { note: 'bad' }) } }], usage };
  const last = answer(`${slip ? 'bad ' : ''}task ${number} done`);
  return typeof last === 'string' ? { text: last, usage } : { ...last, usage };
}

function toolResults(body: { readonly [key: string]: unknown }): number {
  const messages = body['messages'] as { role: string; content: unknown }[];
  return messages.filter((message) => message.role === 'tool' || (Array.isArray(message.content) && message.content.some((part: { type?: string }) => part.type === 'tool_result'))).length;
}

/** The sums over an agent's messages, which must be those of its cascades' ledgers. */
function sums(messages: readonly BaseMessage[]) {
  const answers = messages.filter((message) => AIMessage.isInstance(message)).filter((message) => readDecision(message));
  const decisions = answers.map((message) => readDecision(message));
  return {
    tokens: answers.reduce((sum, message) => sum + ((message.usage_metadata as { total_tokens: number } | undefined)?.total_tokens ?? 0), 0),
    cost: decisions.reduce((sum, decision) => sum + (decision?.totalCost ?? Number.NaN), 0),
    escalations: decisions.reduce((sum, decision) => sum + (decision?.escalations ?? 0), 0),
    turns: answers.length,
  };
}

describe.each([['openai', 'openai'], ['openai', 'anthropic'], ['anthropic', 'openai']] as const satisfies readonly (readonly [Vendor, Vendor])[])('agents on %s and %s', (drafter, verifier) => {
  it('a LangGraph ReAct agent completes ten tasks, each with an escalation in its midst', async () => {
    stub.setAnswer((request) => playTask(request, (text) => text));
    const agent = createReactAgent({ llm: stubCascade(stub.url, [drafter, verifier]), tools: [weather, convert] });
    for (let number = 0; number < 10; number++) {
      const cost = new CascadeCostHandler();
      const { messages } = await agent.invoke({ messages: [{ role: 'user', content: `task ${number}` }] }, { callbacks: [cost] });
      expect(messages.at(-1)?.text).toBe(`task ${number} done`);
      expect(messages.filter((message) => message.type === 'tool').map((message) => message.content)).toEqual([`${number + 1} degrees`, `${(number + 1) * 1.8 + 32} F`]);
      const { tokens, cost: spent, escalations, turns } = sums(messages);
      expect({ escalations, turns }).toEqual({ escalations: 1, turns: 3 });
      expect(tokens).toBe(15 + 16 + 17 + 15 + (number % 3));
      expect(spent).toBeCloseTo(((15 + 16 + 17) * 1 + (15 + (number % 3)) * 10) / 1e6, 12);
      expect(cost.totals).toMatchObject({ runs: 3, escalated: 1, draftsAccepted: 2, totalTokens: tokens });
      expect(cost.totals.totalCost).toBeCloseTo(spent, 12);
    }
  }, 60_000);

  it('createAgent gives a structured answer to ten tasks', async () => {
    const Report = z.object({ report: z.string() });
    stub.setAnswer((request) =>
      playTask(request, (report) => {
        const names = ((request.body['tools'] ?? []) as { name?: string; function?: { name: string } }[]).map((one) => one.function?.name ?? one.name ?? '');
        const name = names.find((one) => one !== 'weather' && one !== 'convert');
        return name === undefined ? JSON.stringify({ report }) : { toolCalls: [{ id: `toolu_end_${request.index}`, name, arguments: { report } }] };
      }),
    );
    for (const responseFormat of [Report, toolStrategy(Report)]) {
      const agent = createAgent({ model: stubCascade(stub.url, [drafter, verifier]), tools: [weather, convert], responseFormat: responseFormat as typeof Report });
      for (let number = 0; number < 10; number++) {
        const { messages, structuredResponse } = await agent.invoke({ messages: [{ role: 'user', content: `task ${number}` }] });
        expect(structuredResponse).toEqual({ report: `task ${number} done` });
        expect(sums(messages)).toMatchObject({ escalations: 1, turns: 3 });
      }
    }
  }, 60_000);
});

describe('cascadeMiddleware', () => {
  it("puts a drafter before an agent's own model", async () => {
    stub.setAnswer((request) => playTask(request, (text) => text));
    const middleware = cascadeMiddleware({ drafter: { chatModel: chatModel('openai', 'cheap', stub.url), cost: { input: 1, output: 1 } }, verifierCost: { input: 10, output: 10 }, judge: wordJudge, router: plainRouter });
    const agent = createAgent({ model: chatModel('anthropic', 'dear', stub.url), tools: [weather, convert], middleware: [middleware] });
    const { messages } = await agent.invoke({ messages: [{ role: 'user', content: 'task 4' }] });
    expect(messages.at(-1)?.text).toBe('task 4 done');
    expect(sums(messages)).toMatchObject({ escalations: 1, turns: 3 });
  });

  it('shows one text in an agent that streams its messages', async () => {
    stub.setAnswer((request) => playTask(request, (text) => text));
    const agent = createAgent({ model: stubCascade(stub.url, ['openai', 'openai']), tools: [weather, convert] });
    let text = '';
    for await (const [message] of await agent.stream({ messages: [{ role: 'user', content: 'task 5' }] }, { streamMode: 'messages' })) {
      if (message.type === 'ai') text += message.text;
    }
    expect(text).toBe('task 5 done');
  });
});

describe('cascadeRunnable', () => {
  const agentOf = () =>
    new CascadeAgent({
      judge: wordJudge,
      router: plainRouter,
      models: [
        { name: 'cheap', model: asModel(chatModel('openai', 'cheap', stub.url)), cost: { input: 1, output: 1 } },
        { name: 'own', model: scriptedModel([{ text: 'the answer', chunks: 'words' }], { id: 'own' }), cost: { input: 10, output: 10 } },
      ],
    });

  it('runs an agent of any models in a chain', async () => {
    stub.setAnswer(() => 'bad');
    const prompt = ChatPromptTemplate.fromTemplate('about {topic}');
    expect(await prompt.pipe(cascadeRunnable(agentOf())).pipe(new StringOutputParser()).invoke({ topic: 'rain' })).toBe('the answer');
    const message = await cascadeRunnable(agentOf()).invoke('question');
    expect(readDecision(message)).toMatchObject({ modelUsed: 'own', escalations: 1 });
    const parts: string[] = [];
    for await (const part of await prompt.pipe(cascadeRunnable(agentOf())).pipe(new StringOutputParser()).stream({ topic: 'rain' })) parts.push(part);
    expect(parts.join('')).toBe('the answer');
    expect(parts.filter((part) => part !== '').length).toBeGreaterThan(1);
  });

  it("runs the agent's own tools, with chat models that are traced as children", async () => {
    stub.setAnswer(({ body }) => (toolResults(body) === 0 ? { toolCalls: [{ id: 'toolu_1', name: 'weather', arguments: { city: 'Rome' } }] } : 'good: 4 degrees'));
    const agent = new CascadeAgent({ judge: wordJudge, router: plainRouter, models: [{ name: 'any', model: asModel(chatModel('anthropic', 'any', stub.url)), cost: 0.001 }] });
    const tools = [{ name: 'weather', parameters: { type: 'object' }, execute: ({ city }: { city: string }) => `${city.length} degrees` }];
    const names: string[] = [];
    const handler = { handleChatModelStart: (llm: { id?: string[] }) => void names.push(llm.id?.at(-1) ?? '') };
    const message = await cascadeRunnable(agent, { tools }).invoke('weather in Rome?', { callbacks: [handler] });
    expect(message.content).toBe('good: 4 degrees');
    expect(stub.requests).toHaveLength(2);
    expect(stub.requests[1]?.rawBody).toContain('4 degrees');
    expect(names).toEqual(['ChatAnthropic', 'ChatAnthropic']);
  });

  it('throws what the run threw, and stops with its signal', async () => {
    const failing = new CascadeAgent({ judge: wordJudge, router: plainRouter, retries: 0, models: [{ name: 'a', model: asModel(chatModel('openai', 'a', stub.url)) }] });
    stub.setAnswer(() => ({ fault: { type: 'status', status: 401 } }));
    await expect(cascadeRunnable(failing).invoke('question')).rejects.toMatchObject({ code: 'all-models-failed', cause: { status: 401 } });
    await expect(cascadeRunnable(failing).invoke('question', { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow('enough');
  });
});

describe('asModel', () => {
  it('speaks the contract: tools, schema and settings reach the chat model', async () => {
    stub.setAnswer(({ body }) => (body['tools'] ? { toolCalls: [{ id: 'c1', name: 'look', arguments: { at: 'sky' } }] } : '{"a":1}'));
    const model = asModel(({ temperature }) => chatModel('openai', 'any', stub.url, temperature === undefined ? {} : { temperature }));
    const agent = new CascadeAgent({ judge: wordJudge, router: plainRouter, models: [{ name: 'any', model, cost: 0.001 }] });
    const tools = [{ name: 'look', parameters: { type: 'object', properties: { at: { type: 'string' } } } }];
    const called = await agent.run('look', { tools, toolChoice: { name: 'look' }, temperature: 0.3 });
    expect(called.toolCalls).toEqual([{ id: 'c1', name: 'look', arguments: '{"at":"sky"}' }]);
    expect(stub.requests[0]?.body).toMatchObject({ temperature: 0.3, tool_choice: { type: 'function', function: { name: 'look' } } });
    const object = await agent.run('object', { responseFormat: { type: 'json-schema', name: 'a', schema: { type: 'object', properties: { a: { type: 'number' } } } } });
    expect(object.object).toEqual({ a: 1 });
    expect(stub.requests[1]?.body).toMatchObject({ response_format: { type: 'json_schema' } });
  });

  it('says which settings could not reach a chat model that is already made', async () => {
    stub.setAnswer(() => 'good');
    const agent = new CascadeAgent({ judge: wordJudge, router: plainRouter, models: [{ name: 'any', model: asModel(chatModel('anthropic', 'any', stub.url)), cost: 0.001 }] });
    const result = await agent.run([{ role: 'user', content: [{ type: 'text', text: 'hello' }, { type: 'image', data: 'AAAA', mediaType: 'image/png' }] }], { temperature: 0.3 });
    expect(result.warnings).toEqual(['any: temperature is fixed in the chat model and was not changed']);
    expect(stub.requests[0]?.rawBody).toContain('AAAA');
    expect(result.usage.output).toBeGreaterThan(0);
  });
});
