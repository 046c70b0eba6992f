import type { Message } from '@cascadeflow/contract';
import { virtualClock } from '@cascadeflow/testing';
import { describe, expect, it } from 'vitest';
import { scriptedAgent, wordJudge } from './agent-doubles.ts';
import { stallOf } from './tool-loop.ts';
import { tool } from './tool.ts';

const parameters = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false };
const weather = tool<{ city: string }>({ name: 'weather', parameters, execute: ({ city }) => ({ city, degrees: 7 }) });
const callWeather = (city: string) => ({ toolCalls: [{ name: 'weather', arguments: { city } }] });
/** Tool calls are taken, texts are judged by their first word. */
const judge: typeof wordJudge = (input) => (input.draft.toolCalls.length > 0 ? { accept: true, probability: 0.9, threshold: 0.8, signals: [], reason: 'a call' } : wordJudge(input));

describe('a tool loop', () => {
  it('runs the tool, gives the model its result, and returns the whole conversation', async () => {
    const { agent, models, done } = scriptedAgent([[callWeather('Bern'), 'good: 7 degrees'], []], { judge });
    const result = await agent.run('weather in Bern?', { tools: [weather] });
    done();
    expect(result).toMatchObject({ content: 'good: 7 degrees', steps: 2, toolCalls: [], draftAccepted: true });
    expect(models[0]?.calls[1]?.request.messages.at(-1)).toMatchObject({ role: 'tool', toolName: 'weather', content: '{"city":"Bern","degrees":7}' });
    expect(result.messages.map((message) => message.role)).toEqual(['user', 'assistant', 'tool', 'assistant']);
    expect(result.attempts.every((attempt) => attempt.chosen)).toBe(true);
  });

  it('tells the model what was wrong with its arguments', async () => {
    const { agent, models, done } = scriptedAgent([[{ toolCalls: [{ name: 'weather', arguments: '{oops' }] }, 'good'], []], { judge });
    await agent.run('weather?', { tools: [weather] });
    done();
    expect(models[0]?.calls[1]?.request.messages.at(-1)).toMatchObject({ isError: true, content: 'the arguments of weather are not JSON' });
  });

  it('tells the model what a failing tool said', async () => {
    const failing = tool({ name: 'weather', parameters, execute: () => { throw new Error('no signal'); } });
    const { agent, models } = scriptedAgent([[callWeather('Bern'), 'good'], []], { judge });
    await agent.run('weather?', { tools: [failing] });
    expect(models[0]?.calls[1]?.request.messages.at(-1)).toMatchObject({ isError: true, content: 'weather failed: no signal' });
  });

  it('hands calls to the caller when it has the code', async () => {
    const { agent, done } = scriptedAgent([[callWeather('Bern')], []], { judge });
    const result = await agent.run('weather?', { tools: [{ name: 'weather', parameters }] });
    done();
    expect(result).toMatchObject({ content: '', toolCalls: [{ name: 'weather', arguments: '{"city":"Bern"}' }], steps: 1 });
  });

  it('has a destructive call made by the verifier', async () => {
    const ran: string[] = [];
    const remove = tool<{ city: string }>({ name: 'remove', parameters, risk: 'destructive', execute: ({ city }) => (ran.push(city), 'removed') });
    const call = { toolCalls: [{ name: 'remove', arguments: { city: 'Bern' } }] };
    const { agent, done } = scriptedAgent([[call, 'good'], [call]], { judge });
    const result = await agent.run('remove Bern', { tools: [remove] });
    done();
    expect(ran).toEqual(['Bern']);
    expect(result.attempts.map((attempt) => [attempt.step, attempt.role, attempt.chosen])).toEqual([[0, 'draft', false], [0, 'verifier', true], [1, 'draft', true]]);
  });

  it('asks the caller before a destructive call of a draft, and does not run it without a yes', async () => {
    const ran: string[] = [];
    const remove = tool<{ city: string }>({ name: 'remove', parameters, risk: 'destructive', execute: ({ city }) => (ran.push(city), 'removed') });
    const { agent, models, done } = scriptedAgent([[{ toolCalls: [{ name: 'remove', arguments: { city: 'Bern' } }] }, 'good'], []], { judge });
    await agent.run('remove Bern', { tools: [remove], onApproval: ({ risk, call }) => risk !== 'destructive' || call.arguments === '' });
    done();
    expect(ran).toEqual([]);
    expect(models[0]?.calls[1]?.request.messages.at(-1)).toMatchObject({ isError: true, content: 'remove was not approved' });
  });

  it('stops after maxSteps and says so', async () => {
    const { agent } = scriptedAgent([[callWeather('a'), callWeather('b')], []], { judge });
    const result = await agent.run('weather?', { tools: [weather], maxSteps: 2 });
    expect(result.warnings.at(-1)).toContain('maxSteps');
    expect(result.toolCalls).toHaveLength(1);
  });

  it('goes straight to the verifier when the conversation goes round in circles', async () => {
    const same = callWeather('Bern');
    const { agent, done } = scriptedAgent([[same, same, same], ['the verifier ends it']], { judge });
    const result = await agent.run('weather?', { tools: [weather] });
    done();
    expect(result).toMatchObject({ content: 'the verifier ends it', steps: 4, routeReasons: ['the same call of weather came 3 times'] });
  });

  it('stops a running tool when the caller aborts', async () => {
    const clock = virtualClock();
    let toolSignal: AbortSignal | undefined;
    const slow = tool({ name: 'weather', parameters, execute: (_, { signal }) => ((toolSignal = signal), new Promise(() => {})) });
    const { agent } = scriptedAgent([[callWeather('Bern')], []], { judge, clock });
    const controller = new AbortController();
    const running = agent.run('weather?', { tools: [slow], signal: controller.signal });
    await clock.advance(5);
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: 'aborted' });
    expect(toolSignal?.aborted).toBe(true);
  });
});

it('a stall is told by repeated calls since the last user message', () => {
  const turn: Message[] = [{ role: 'assistant', content: '', toolCalls: [{ id: '1', name: 'f', arguments: '{}' }] }, { role: 'tool', toolCallId: '1', content: 'ok' }];
  expect(stallOf([...turn, ...turn, ...turn])).toBe('the same call of f came 3 times');
  expect(stallOf([...turn, ...turn, { role: 'user', content: 'again' }, ...turn])).toBeUndefined();
});
