import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Trace } from '@cascadeflow/contract';
import { CascadeAgent, type ModelConfig } from '@cascadeflow/core';
import { repeatingModel, startStub } from '@cascadeflow/testing';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { bound, observing, recording } from './calibrate.ts';
import { throughAllDoors } from './doors.ts';
import { answer as answerAtEdge } from './edge.ts';
import { asBefore, mount } from './gateway.ts';
import { withAiSdk, withLangChain } from './integrations.ts';
import { byTarget, careful, explain } from './judging.ts';
import { answer, createAgent } from './production.ts';
import { byName, places, ready } from './providers.ts';
import { show } from './streaming.ts';
import { ask, askWithMany, author } from './tools.ts';

const refusal = "I'm sorry, I can't help with that.";
const text = 'The sky is blue because air scatters blue light more than red light.';
const question = 'Why is the sky blue?';
const models: readonly ModelConfig[] = [
  { name: 'small', model: repeatingModel(() => refusal, { id: 'small' }), cost: { input: 0.1, output: 0.4 } },
  { name: 'large', model: repeatingModel(() => text, { id: 'large' }), cost: { input: 1, output: 8 } },
];
const agent = new CascadeAgent({ models });
let stub: Awaited<ReturnType<typeof startStub>>;

beforeAll(async () => {
  stub = await startStub({ answer: ({ model }) => (model === 'gpt-5' ? text : refusal) });
});
afterAll(() => stub.close());
const connection = () => ({ apiKey: 'test-key', baseURL: stub.baseURL });

it('all doors tell the same story', async () => {
  const [content, first, ...rest] = await throughAllDoors(agent, question);
  expect([content, first, rest.at(-1)]).toEqual([text, 'cascade-start', 'cascade-end']);
});

it('verdicts can be explained, and targets set', async () => {
  const lines: string[] = [];
  explain(await byTarget(agent, question), (line) => lines.push(line));
  expect(lines[0]).toMatch(/^attempt 1: turned down, 0\.\d\d against/);
  expect((await careful(models).run(question)).content).toBe(text);
});

it('what was shown too early is taken back', async () => {
  let screen = '';
  await show(agent, question, { append: (piece) => void (screen += piece), clear: () => void (screen = '') });
  expect(screen).toBe(text);
});

it('of many tools the near ones are offered', async () => {
  let offered: readonly string[] = [];
  const model = repeatingModel((request) => ((offered = request.tools?.map(({ name }) => name) ?? []), 'Rain is on its way.'));
  const parameters = { type: 'object', properties: {} };
  const topics = ['invoices', 'users', 'holidays', 'parcels', 'songs', 'recipes', 'flights', 'hotels', 'cars', 'books', 'films', 'shares', 'plants', 'maps', 'games'];
  const tools = [...topics.map((topic) => ({ name: `find_${topic}`, description: `Looks up ${topic}`, parameters })), { name: 'weather_forecast', description: 'Rain, wind and temperature of the coming days', parameters }, { name: 'hand_over', description: 'Calls a person', parameters }];
  await askWithMany(new CascadeAgent({ models: [{ name: 'one', model }] }), 'Will it rain tomorrow?', tools);
  expect(offered).toHaveLength(12);
  expect(offered).toEqual(expect.arrayContaining(['weather_forecast', 'hand_over']));
});

it('tools run, and objects are typed', async () => {
  const asked: string[] = [];
  const model = repeatingModel((request) =>
    request.messages.at(-1)?.role === 'tool' ? 'Yes, it is 4 degrees in Bern: take a coat.' : request.tools?.length ? { toolCalls: [{ name: 'weather', arguments: { city: 'Bern' } }] } : '{"author":"Jane Austen","year":1815}',
  );
  const tooled = new CascadeAgent({ models: [{ name: 'one', model }] });
  const result = await ask(tooled, async (city) => `${asked.push(city) && city}: 4 degrees`);
  expect([asked, result.content]).toEqual([['Bern'], 'Yes, it is 4 degrees in Bern: take a coat.']);
  expect(await author(tooled)).toBe('Jane Austen');
});

it('runs are written down, also beside what is served', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'guides-'));
  const { agent: written, writer } = recording(models, join(folder, 'traces.jsonl'));
  await written.run(question);
  await written.close();
  await writer.close();
  expect(writer).toMatchObject({ written: 1, dropped: 0 });
  const traces: Trace[] = [];
  const observed = observing(models, (trace) => traces.push(trace));
  for (let turn = 0; turn < 100; turn++) expect((await observed.run(question)).modelUsed).toBe('large');
  await observed.close();
  expect(traces.some(({ mode }) => mode === 'observe')).toBe(true);
  await rm(folder, { recursive: true });
});

it('what cannot be promised is not', () => {
  expect(typeof bound([])).toBe('string');
});

it('providers are found by name, by place, and as they are', async () => {
  expect(() => byName({})).toThrow(/GROQ_API_KEY/);
  expect(places({}, models[1]!).models.map(({ provider }) => provider)).toContain('mistral');
  expect((await ready('k', 'k2', stub.baseURL).run(question)).content).toBe(text);
});

it('a gateway answers clients that know nothing of it', async () => {
  const { gateway, key } = await mount(agent, agent);
  const answered = await asBefore('http://gateway.test/v1', key, ((url: string, init: RequestInit) => gateway.fetch(new Request(url, init))) as typeof fetch);
  expect(answered.choices[0]?.message.content).toBe(text);
  await expect(asBefore('http://gateway.test/v1', 'cf-wrong', ((url: string, init: RequestInit) => gateway.fetch(new Request(url, init))) as typeof fetch)).rejects.toThrow(/401/);
});

it('LangChain and the AI SDK get the same decision', async () => {
  for (const { text: said, decision } of [await withLangChain(connection(), question), await withAiSdk(connection(), question)]) {
    expect(said).toBe(text);
    expect(decision).toMatchObject({ modelUsed: 'gpt-5', draftAccepted: false });
  }
});

it('an edge handler streams', async () => {
  const response = await answerAtEdge(new Request('http://edge.test/', { method: 'POST', body: JSON.stringify({ question }) }), { OPENAI_API_KEY: 'k', OPENAI_BASE_URL: stub.baseURL });
  expect(await response.text()).toBe(text);
});

it('production: shared purses, private data kept in, errors with a status', async () => {
  const down = { isOpen: true, sendCommand: async () => Promise.reject(new Error('redis is down')) };
  const lines: string[] = [];
  const logger = { info: (_: object, line: string) => lines.push(line), warn: () => {}, error: (_: object, line: string) => lines.push(line) };
  const live = createAgent({ OPENAI_API_KEY: 'k' }, down, logger, models[0]!);
  // Nobody can say what was spent, so nothing is spent.
  expect((await answer(live, question, 'u-1', new AbortController().signal)).status).toBeGreaterThanOrEqual(400);
  expect(lines).toEqual(['cascade failed']);
  expect(await answer(agent, question, 'u-1', new AbortController().signal)).toEqual({ status: 200, body: text });
});
