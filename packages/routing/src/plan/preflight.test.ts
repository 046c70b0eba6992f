import type { ModelInfo, ModelRequest } from '@cascadeflow/contract';
import { expect, it } from 'vitest';
import { checkCapabilities, readNeeds, unmetNeed } from './preflight.ts';

const model = (capabilities: ModelInfo['capabilities'], name = 'm'): ModelInfo => ({ name, provider: 'p', tier: 0, capabilities });
const ask = (more: Partial<ModelRequest> = {}): ModelRequest => ({ messages: [{ role: 'user', content: 'hello' }], ...more });
const tools = [{ name: 'f', parameters: { type: 'object' } }];

it.each([
  ['tools', ask({ tools }), { tools: false }, 'it cannot call tools'],
  ['tools in the history', ask({ messages: [{ role: 'tool', toolCallId: '1', content: 'x' }, { role: 'user', content: 'go on' }] }), { tools: false }, 'it cannot call tools'],
  ['JSON', ask({ responseFormat: { type: 'json' } }), { json: false }, 'it cannot be held to JSON'],
  ['images', ask({ messages: [{ role: 'user', content: [{ type: 'image', url: 'https://example.org/a.png' }] }] }), { vision: false }, 'it cannot read images'],
  ['a long answer', ask({ maxTokens: 9000 }), { maxOutputTokens: 4096 }, 'it writes at most 4096 tokens and 9000 are asked for'],
] as const)('sees that a model lacks %s', (_, request, capabilities, reason) => {
  expect(unmetNeed(model(capabilities), readNeeds(request))).toBe(reason);
  expect(unmetNeed(model({}), readNeeds(request))).toBeUndefined();
});

it('needs no tools when calls are forbidden', () => {
  expect(readNeeds(ask({ tools, toolChoice: 'none' })).tools).toBe(false);
});

it('leaves out a model that lacks the language', () => {
  const needs = readNeeds(ask({ messages: [{ role: 'user', content: 'Wie lange muss ich die Kartoffeln für den Salat kochen?' }] }), { language: true });
  expect(unmetNeed(model({ languages: ['en', 'fr'] }), needs)).toBe('it is not meant for the language "de"');
  expect(unmetNeed(model({ languages: ['de'] }), needs)).toBeUndefined();
});

it('trusts an exact tokenizer without a margin', () => {
  expect(readNeeds(ask(), { countTokens: () => 100 }).promptTokens).toBe(104);
});

it('names every excluded model when nobody is left', () => {
  const models = [model({ tools: false }, 'a'), model({ contextWindow: 1 }, 'b')];
  expect(() => checkCapabilities(models, readNeeds(ask({ tools })))).toThrow(/no model can take this request: a: it cannot call tools; b: its context window/);
});
