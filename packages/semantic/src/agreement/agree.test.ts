import { expect, test } from 'vitest';
import { createEmbedder } from '../create-embedder.ts';
import { agree } from './agree.ts';

const embedder = createEmbedder();
const answer = 'Nothing happens when you swallow gum: it passes through the body undigested.';

test('a paraphrase agrees more than another claim about the same thing', async () => {
  const same = await agree(answer, 'Swallowed gum moves through your digestive system and leaves the body undigested.', embedder);
  const other = await agree(answer, 'The mountain is 4,810 metres high and was first climbed in 1786.', embedder);
  expect(same.probability).toBeGreaterThan(other.probability);
  expect(same.sentences).toBeGreaterThan(other.sentences);
});

test('is the same both ways, and highest for the same text', async () => {
  const there = await agree('The train takes 3 hours.', 'It needs 1,200 minutes by train.', embedder);
  const back = await agree('It needs 1,200 minutes by train.', 'The train takes 3 hours.', embedder);
  expect(there.probability).toBeCloseTo(back.probability, 6);
  const self = await agree('It needs 1,200 minutes by train.', 'It needs 1200 minutes by train.', embedder);
  expect(self.numbers).toBe(1);
  expect(self.probability).toBeGreaterThan(there.probability);
});

test('empty answers give numbers, never NaN', async () => {
  for (const [a, b] of [['', ''], ['', 'text'], ['\u0000', '\ud800']] as const) {
    for (const value of Object.values(await agree(a, b, embedder))) expect(Number.isFinite(value)).toBe(true);
  }
});
