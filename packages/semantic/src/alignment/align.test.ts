import { expect, test } from 'vitest';
import { createEmbedder } from '../create-embedder.ts';
import { align, canAlign } from './align.ts';

const embedder = createEmbedder();
const question = 'Weng earns $12 an hour for babysitting. Yesterday, she just did 50 minutes of babysitting. How much did she earn?';
const own = 'Weng earns 12/60 = $0.2 per minute. Working 50 minutes, she earned 0.2 x 50 = $10.';

test('an own answer is on topic, also when it is wrong', async () => {
  const right = await align(question, own, embedder);
  expect(right.offTopic).toBe(false);
  expect(right.probability).toBeGreaterThan(0.9);
  expect((await align(question, own.replace('$10', '$600'), embedder)).offTopic).toBe(false);
});

test.each([
  ["another question's answer", 'The farmer has 3 cows and buys 2 more, so there are 5 cows in the barn at the end of the week.'],
  ['another subject', 'Photosynthesis turns light, water and carbon dioxide into sugar and oxygen in the chloroplasts of plants.'],
  ['empty talk', "That's a great question! I'd be happy to help you with that. Please let me know if you need anything else."],
  ['nothing', ''],
])('%s scores far below', async (_name, draft) => {
  const { probability } = await align(question, draft, embedder);
  expect(probability).toBeLessThan(0.2);
});

test('a changed negation is not detected, as documented', async () => {
  const asked = 'Is the Great Wall of China visible from the Moon?';
  const told = 'The Great Wall of China is not visible from the Moon with the naked eye.';
  const yes = await align(asked, told.replace(' not', ''), embedder);
  const no = await align(asked, told, embedder);
  expect(Math.abs(yes.probability - no.probability)).toBeLessThan(0.1);
});

test('long drafts are judged by their parts, and stay within bounds', async () => {
  const { probability, best, whole } = await align(question, `${'An aside about the weather in Norway. '.repeat(3000)}${own}`, embedder);
  expect(probability).toBeGreaterThan(0);
  expect(best).toBeGreaterThan(whole);
});

test('tells drafts that are too short to have a subject', () => {
  expect([canAlign('B'), canAlign('The answer is 42.'), canAlign(own)]).toEqual([false, false, true]);
});

test('names a bad threshold', async () => {
  await expect(align('a', 'b', embedder, { threshold: 2 })).rejects.toThrow(/^threshold/);
});
