import type { Draft, ModelRequest, ToolCall, ToolDefinition } from '@cascadeflow/contract';
import { describe, expect, it } from 'vitest';
import { checkCall, readRelevance, readToolCalls, toolCallFaults, toolCallGrounding, toolCallMissing, toolCallRelevance } from './index.ts';

const weather: ToolDefinition = {
  name: 'get_weather',
  description: 'Current weather of a city',
  parameters: {
    type: 'object',
    properties: {
      city: { type: 'string' },
      unit: { type: 'string', enum: ['celsius', 'fahrenheit'] },
      days: { type: 'integer' },
      when: { type: 'string', format: 'date' },
      place: { type: 'object', properties: { lat: { type: 'number' } } },
    },
    required: ['city'],
  },
};
const currency: ToolDefinition = { name: 'convert_currency', description: 'Converts an amount of money', parameters: { type: 'object', properties: { amount: { type: 'number' } } } };
const call = (value: unknown, name = 'get_weather'): ToolCall => ({ id: '1', name, arguments: typeof value === 'string' ? value : JSON.stringify(value) });
const ask = (text: string, more: Partial<ModelRequest> = {}): ModelRequest => ({ messages: [{ role: 'user', content: text }], tools: [weather, currency], ...more });
const draft = (toolCalls: readonly ToolCall[], content = ''): Draft => ({ provider: 'p', model: 'm', tier: 0, content, toolCalls, finishReason: { unified: 'stop' }, complete: true });

describe('checkCall', () => {
  it.each([
    ['a whole call', { city: 'Oslo', unit: 'celsius', days: 3, when: '2026-11-22' }],
    ['only what is required', { city: 'Oslo' }],
    ['a nested object', { city: 'Oslo', place: { lat: 59.9 } }],
  ])('accepts %s', (_, value) => {
    expect(checkCall(call(value), [weather])).toEqual([]);
  });

  it.each([
    ['an unknown tool', call({}, 'get_whether'), 'unknown-tool'],
    ['broken JSON', call('{"city": "Oslo"'), 'broken-json'],
    ['a list in place of an object', call('["Oslo"]'), 'broken-json'],
    ['a missing argument', call({ unit: 'celsius' }), 'schema'],
    ['an invented argument', call({ city: 'Oslo', mood: 'sunny' }), 'invented-argument'],
    ['an invented nested argument', call({ city: 'Oslo', place: { lat: 1, alt: 2 } }), 'invented-argument'],
    ['a wrong type', call({ city: 'Oslo', days: 'three' }), 'schema'],
    ['a value outside the enum', call({ city: 'Oslo', unit: 'kelvin' }), 'schema'],
    ['a wrong format', call({ city: 'Oslo', when: 'soon' }), 'schema'],
  ])('catches %s', (_, broken, fault) => {
    expect(checkCall(broken, [weather]).map((problem) => problem.fault)).toContain(fault);
  });

  it('takes no arguments for an empty text, and any argument where the schema is open', () => {
    expect(checkCall(call('', 'convert_currency'), [currency])).toEqual([]);
    expect(checkCall(call({ x: 1 }, 'open'), [{ name: 'open', parameters: { type: 'object', properties: {}, additionalProperties: true } }])).toEqual([]);
  });
});

describe('readToolCalls', () => {
  it('has nothing to say about plain text without tools', () => {
    expect(readToolCalls({ messages: [{ role: 'user', content: 'hi' }] }, draft([], 'hello'))).toBeUndefined();
  });

  it('judges a text beside tools as text: no veto', () => {
    expect(readToolCalls(ask('thanks'), draft([], 'You are welcome.'))?.veto).toBeUndefined();
  });

  it.each([
    ['a call that is forbidden', ask('x', { toolChoice: 'none' }), [call({ city: 'Oslo' })], /forbidden/],
    ['a missing call that is demanded', ask('x', { toolChoice: 'required' }), [], /demanded/],
    ['another tool than the one demanded', ask('x', { toolChoice: { name: 'convert_currency' } }), [call({ city: 'Oslo' })], /only convert_currency/],
    ['several calls where one is allowed', ask('x', { parallelToolCalls: false }), [call({ city: 'Oslo' }), call({ city: 'Bergen' })], /one call at a time/],
    ['a fault', ask('x'), [call({ town: 'Oslo' })], /the call of get_weather cannot be run/],
  ])('vetoes %s', (_, request, calls, reason) => {
    expect(readToolCalls(request, draft(calls))?.veto).toMatch(reason);
  });

  it('suspects an id that nobody mentioned, not one that a tool returned', () => {
    const tools: readonly ToolDefinition[] = [{ name: 'track', parameters: { type: 'object', properties: { order: { type: 'string' } } } }];
    const calls = [call({ order: 'AX-99213' }, 'track')];
    expect(readToolCalls(ask('where is my parcel', { tools }), draft(calls))?.grounding).toEqual({ share: 0, unmentioned: ['AX-99213'] });
    const messages = [{ role: 'user', content: 'where is my parcel' }, { role: 'tool', toolCallId: '0', content: '{"order":"AX-99213"}' }] as const;
    expect(readToolCalls({ messages, tools }, draft(calls))?.grounding).toEqual({ share: 1, unmentioned: [] });
  });

  it('counts a call that repeats another', () => {
    expect(readToolCalls(ask('x'), draft([call({ city: 'Oslo' }), call({ city: 'Oslo' })]))?.repeated).toBe(1);
  });
});

it('finds the tool that fits what the user asks', () => {
  expect(readRelevance(ask('What is the weather in the city of Oslo?')).tool).toBe('get_weather');
  expect(readRelevance(ask('Please convert this amount of money')).tool).toBe('convert_currency');
  expect(readRelevance(ask('Tell me a joke')).best).toBe(0);
});

it('gives the judge signals by name', () => {
  const request = ask('weather in Oslo');
  const good = draft([call({ city: 'Oslo' })]);
  expect(toolCallFaults({ request, draft: good })).toBe(0);
  expect(toolCallGrounding({ request, draft: good })).toBe(1);
  expect(toolCallRelevance({ request, draft: good })).toBeGreaterThan(0);
  expect(toolCallMissing({ request, draft: good })).toBeUndefined();
  expect(toolCallMissing({ request, draft: draft([], 'It is sunny.') })).toBeGreaterThan(0);
  expect(toolCallFaults({ request, draft: draft([call({})]) })).toMatchObject({ value: 1, veto: expect.stringContaining('cannot be run') });
});
