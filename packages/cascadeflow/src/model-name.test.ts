import { InvalidOptionsError } from '@cascadeflow/contract';
import { expect, it } from 'vitest';
import { parseModelName } from './model-name.ts';

it.each([
  ['openai/gpt-4o-mini', { provider: 'openai', name: 'gpt-4o-mini' }],
  ['openai/gpt-5@1.25/10', { provider: 'openai', name: 'gpt-5', cost: { input: 1.25, output: 10 } }],
  ['local/llama3.2:3b@0', { provider: 'local', name: 'llama3.2:3b', cost: { input: 0, output: 0 } }],
  ['together/meta-llama/Llama-3.3-70B', { provider: 'together', name: 'meta-llama/Llama-3.3-70B' }],
  ['x/model@2026-01-01', { provider: 'x', name: 'model@2026-01-01' }],
])('reads %s', (text, expected) => expect(parseModelName(text, 'models[0]')).toEqual(expected));

it.each(['gpt-5', '/gpt-5', 'openai/', '', 'open ai/x'])('refuses %j and names the path', (text) => {
  expect(() => parseModelName(text, 'models[0]')).toThrow(InvalidOptionsError);
  expect(() => parseModelName(text, 'models[0]')).toThrow(/^models\[0\]: must be provider\/model/);
});
