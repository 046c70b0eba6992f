import type { Message, ModelRequest } from '@cascadeflow/contract';
import { describe, expect, it } from 'vitest';
import { openaiFamilies, openFamilies } from './families.ts';
import { findObjections, publishedRules } from './published-rules.ts';
import { findQuirks } from './quirks.ts';
import { toChatBody } from './to-chat-body.ts';

const user: Message = { role: 'user', content: 'What is the capital of France?' };
const tools = [{ name: 'weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } }];
const schema = { type: 'object', properties: { city: { type: 'string' } } };

/** Each is one thing a caller may ask for. */
const wishes: { readonly [name: string]: Partial<ModelRequest> } = {
  temperature: { temperature: 0.2 },
  topP: { topP: 0.9 },
  maxTokens: { maxTokens: 100 },
  stop: { stop: ['a', 'b', 'c', 'd', 'e', 'f'] },
  seed: { seed: 7 },
  tools: { tools },
  'toolChoice required': { tools, toolChoice: 'required' },
  'toolChoice by name': { tools, toolChoice: { name: 'weather' } },
  parallelToolCalls: { tools, parallelToolCalls: false },
  'JSON mode': { responseFormat: { type: 'json' } },
  'JSON schema': { responseFormat: { type: 'json-schema', schema } },
  'effort none': { reasoningEffort: 'none' },
  'effort minimal': { reasoningEffort: 'minimal' },
  'effort high': { reasoningEffort: 'high' },
  topLogprobs: { topLogprobs: 20 },
  user: { user: 'user-7' },
  system: { messages: [{ role: 'system', content: 'Be brief.' }, { role: 'system', content: 'Be kind.' }, user] },
  image: { messages: [{ role: 'user', content: [{ type: 'text', text: 'What is this?' }, { type: 'image', url: 'https://example.com/a.png' }] }] },
  prefill: { messages: [user, { role: 'assistant', content: 'The capital is' }] },
  'tool history': {
    tools,
    messages: [user, { role: 'assistant', content: '', toolCalls: [{ id: 'toolu_01A-b_c', name: 'weather', arguments: '{}' }] }, { role: 'tool', toolCallId: 'toolu_01A-b_c', content: '20 °C' }, user, user],
  },
};

/** Vendors' servers, where they take less than the plain protocol; the providers' own tests cover the rest. */
const served: { readonly [model: string]: object } = {
  'mistral-large-latest': { seed: false, user: false, topLogprobs: false, streamUsage: false },
  'deepseek-chat': { user: false },
  'deepseek-reasoner': { user: false },
  'gemini-2.5-flash': { parallelToolCalls: false },
};

describe.each(publishedRules)('$model', (rules) => {
  const quirks = findQuirks(rules.model, served[rules.model] ?? {}, [...openFamilies, ...openaiFamilies]);
  const object = (request: Partial<ModelRequest>, stream: boolean) =>
    findObjections(toChatBody(rules.model, { messages: [user], ...request }, quirks, stream).body, rules);

  it.each(Object.entries(wishes))('is sent nothing it refuses for %s', (_name, wish) => {
    expect(object(wish, false)).toEqual([]);
    expect(object(wish, true)).toEqual([]);
  });

  it('is sent nothing it refuses for any two wishes at once, nor for all', () => {
    const list = Object.values(wishes);
    for (const one of list) for (const other of list) expect(object({ ...one, ...other }, true)).toEqual([]);
    expect(object(Object.assign({}, ...list) as Partial<ModelRequest>, true)).toEqual([]);
  });

  it('says so when it leaves out what was asked for', () => {
    for (const [field, wish] of [['temperature', wishes['temperature']], ['top_p', wishes['topP']], ['seed', wishes['seed']], ['stop', wishes['stop']]] as const) {
      const { body, warnings } = toChatBody(rules.model, { messages: [user], ...wish }, quirks, false);
      if (!(field in body)) expect(warnings.join()).toMatch(/is not sent/);
    }
  });
});

describe('the published rules', () => {
  it('would object to a body that ignores them', () => {
    const o3 = publishedRules.find((rules) => rules.model === 'o3-mini');
    const body = { model: 'o3-mini', messages: [{ role: 'system', content: 'x' }], temperature: 0, max_tokens: 5, top_logprobs: 3, reasoning_effort: 'none' };
    if (!o3) throw new Error('no rules for o3-mini');
    expect(findObjections(body, o3)).toEqual([
      'refuses temperature', 'refuses max_tokens', 'refuses top_logprobs', 'no effort none', 'top_logprobs without logprobs', 'no role system',
    ]);
  });
});
