import type { Embedder, ModelRequest } from '@cascadeflow/contract';
import { expect, test } from 'vitest';
import { agreement } from './agreement.ts';

const ask = (content: string): ModelRequest => ({ messages: [{ role: 'user', content }] });
const sum = ask('How many eggs are in 7 boxes of 12?');

test.each([
  ['84', 'There are 7 * 12 = 84 eggs.', 1],
  ['The answer is $1,000.00.', '#### 1000', 1],
  ['\\boxed{\\dfrac{1}{2}}', '{"reasoning": "half of it", "answer": "1/2"}', 1],
  ['```json\n{"reasoning": "…", "answer": "0.5"}\n```', 'So the answer is \\(\\frac{1}{2}\\).', 1],
  ['**84**', '85', 0],
])('numbers: %s and %s', (a, b, expected) => {
  expect(agreement(sum, a, b)).toBe(expected);
});

test('letters and the text of the option they stand for agree', () => {
  const choice = ask('Which gas do plants take in?\nA) Oxygen\nB) Carbon dioxide\nC) Helium');
  expect(agreement(choice, 'The answer is (B).', 'B) Carbon dioxide')).toBe(1);
  expect(agreement(choice, 'The answer is (B).', 'Plants take in carbon dioxide from the air.')).toBe(1);
  expect(agreement(choice, 'The answer is (B).', 'The answer is (A).')).toBe(0);
});

test('yes and true, dates, sets and lists agree by meaning', () => {
  const yesNo = ask('is the moon larger than mercury');
  expect(agreement(yesNo, '{"Answer": "False"}', 'No, it is smaller than Mercury, the innermost planet of the whole solar system, by far.')).toBe(1);
  const when = ask('When did it open?');
  expect(agreement(when, 'March 5, 2020', '2020-03-05')).toBe(1);
  expect(agreement(when, '{1, 2, 3}', '{3, 1, 2}')).toBe(1);
  expect(agreement(when, '[1, 2, 3]', '[1, 2, 4]')).toBeCloseTo(2 / 3);
});

test('the output of a program is compared with its letter case, not with its quotes', () => {
  const crux = ask('What does this Python function return?\n```python\ndef f(s):\n    return s.split(",")\nf("a,B")\n```');
  expect(agreement(crux, '{"reasoning": "split", "answer": "[\'a\', \'B\']"}', '{"reasoning": "", "answer": "[\\"a\\", \\"B\\"]"}')).toBe(1);
  expect(agreement(crux, '{"answer": "\'aB\'"}', '{"answer": "aB"}')).toBe(1);
  expect(agreement(crux, '{"answer": "\'aB\'"}', '{"answer": "\'ab\'"}')).toBe(0);
});

test('open answers agree by what they claim', () => {
  const open = ask('Why is the sky blue?');
  const a = 'Air molecules scatter the short wavelengths of sunlight far more strongly than the long ones, so that blue light reaches our eyes from everywhere.';
  const b = 'Sunlight is scattered by air molecules; short wavelengths are scattered more strongly than long ones, and blue light reaches our eyes.';
  const c = 'The oceans reflect their colour upwards, which is why coastal skies look deeper than those of deserts or mountains anywhere on Earth.';
  expect(agreement(open, a, b)).toBeGreaterThan(2 * agreement(open, a, c));
});

test('an embedder compares open answers by meaning and is not asked for short ones', async () => {
  let asked = 0;
  const embedder: Embedder = {
    contract: 'v1', id: 'fixed', dimensions: 2,
    embed: async (texts) => texts.map(() => (asked++, new Float32Array([1, 0]))),
  };
  expect(await agreement(sum, '84', '85', embedder)).toBe(0);
  expect(asked).toBe(0);
  const open = ask('Tell me about the sea and about the many animals that live in it.');
  const long = 'The sea is home to whales, fish and corals that depend on each other in ways which people have only begun to understand.';
  expect(await agreement(open, long, `${long} Truly.`, embedder)).toBe(1);
  expect(asked).toBe(2);
});
