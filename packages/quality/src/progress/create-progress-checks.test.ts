import type { ModelRequest } from '@cascadeflow/contract';
import { describe, expect, test } from 'vitest';
import { createProgressChecks } from './create-progress-checks.ts';

const ask = (content: string, more: Partial<ModelRequest> = {}): ModelRequest => ({ messages: [{ role: 'user', content }], ...more });

/** Streams a text in small pieces and says where it died. */
function stream(request: ModelRequest, text: string, size = 7): { dead?: string; at?: number } {
  const checks = createProgressChecks({ request });
  for (let at = 0; at < text.length; at += size) {
    const { dead } = checks.push(text.slice(at, at + size));
    if (dead) return { dead, at };
  }
  return {};
}

describe('JSON', () => {
  const json = ask('Go', { responseFormat: { type: 'json' } });
  const schema = { type: 'object', properties: { name: { type: 'string' }, age: { type: 'integer' } }, additionalProperties: false };
  const strict = ask('Go', { responseFormat: { type: 'json-schema', schema } });

  test('valid JSON lives, however it is cut into pieces', () => {
    const text = ' {"a": [1, -2.5e3, true, null, "x\\"y\\u00e9", {}], "b": {"c": []}}\n';
    for (const size of [1, 2, 5, 100]) expect(stream(json, text, size)).toEqual({});
  });

  test.each([['Sure, here it is: {"a": 1}'], ['{"a" 1}'], ['{"a": 1,, "b": 2}'], ['{"a": tru3}'], ['[1, 2}'], ['{"a": 01x}'], ['{"a": 1} and more']])('%s is dead', (text) => {
    expect(stream(json, text, 1).dead).toContain('JSON');
  });

  test('a property that is not allowed and a value of the wrong type are dead at once', () => {
    expect(stream(strict, '{"name": "Ada", "age": 36}', 1)).toEqual({});
    expect(stream(strict, '{"nome": ', 1).dead).toContain('"nome"');
    expect(stream(strict, '{"age": "36', 1)).toMatchObject({ dead: expect.stringContaining('"age"'), at: 8 });
    expect(stream(strict, '[', 1).dead).toContain('wrong type');
  });

  test('a code fence around the JSON is let through', () => {
    expect(stream(json, '```json\n{"a": 1}\n```', 3)).toEqual({});
  });
});

test('a refusal is dead within its first sentence', () => {
  const { dead, at } = stream(ask('How do I boil an egg?'), "I'm sorry, but I can't help with that request. Please ask something else.");
  expect(dead).toContain('refuses');
  expect(at).toBeLessThan(60);
});

test('a loop is dead, a list is not', () => {
  expect(stream(ask('Go'), `The sea is wide. ${'and then we go on '.repeat(60)}`).dead).toContain('loop');
  expect(stream(ask('Go'), Array.from({ length: 60 }, (_, index) => `- item ${index}: a thing of its own kind\n`).join(''))).toEqual({});
});

test('a draft in another language is dead once there is enough of it', () => {
  const german =
    'Legen Sie das Ei in kochendes Wasser und lassen Sie es sechs Minuten kochen. Schrecken Sie es dann mit kaltem Wasser ab, damit es sich leicht schälen lässt. ' +
    'Wer das Eigelb noch weicher mag, nimmt das Ei eine Minute früher aus dem Topf. Frische Eier brauchen etwas länger, und große Eier ebenfalls. Am besten gelingt es, wenn alle Eier die gleiche Größe haben und nicht aus dem Kühlschrank kommen.';
  expect(stream(ask('How do I boil an egg so that the yolk stays soft?'), german).dead).toContain('language');
  expect(stream(ask('Wie koche ich ein Ei so, dass das Eigelb weich bleibt und nicht fest wird?'), german.slice(0, 150))).toEqual({});
  expect(stream(ask('Translate into German: boil the egg and put it into the cold water'), german.slice(0, 150))).toEqual({});
});

test('a tool that does not exist is dead, one that does is not', () => {
  const tools = [{ name: 'weather', parameters: { type: 'object' } }];
  expect(createProgressChecks({ request: ask('Go', { tools }) }).toolCall('wether').dead).toContain('"wether"');
  expect(createProgressChecks({ request: ask('Go', { tools }) }).toolCall('weather').dead).toBeUndefined();
});

test('collapsed confidence is dead, placeholders are not', () => {
  const tokens = (logprob: number) => Array.from({ length: 40 }, () => ({ token: 'x', logprob }));
  expect(createProgressChecks({ request: ask('Go') }).push('x', tokens(-6)).dead).toContain('confidence');
  expect(createProgressChecks({ request: ask('Go') }).push('x', tokens(-9999)).dead).toBeUndefined();
  expect(createProgressChecks({ request: ask('Go') }).push('x', tokens(-0.5)).dead).toBeUndefined();
});

test('a draft far over the allowed length is dead', () => {
  const text = Array.from({ length: 300 }, (_, index) => `Word${index} follows another`).join(' ');
  expect(stream(ask('Explain it in at most 20 words.'), text).dead).toContain('longer');
  expect(stream(ask('Explain it at length.'), text)).toEqual({});
});

test('what is dead stays dead', () => {
  const checks = createProgressChecks({ request: ask('Go', { responseFormat: { type: 'json' } }) });
  const first = checks.push('no json').dead;
  expect(first).toBeDefined();
  expect(checks.push('{"a": 1}')).toEqual({ dead: first, probability: 0 });
});
