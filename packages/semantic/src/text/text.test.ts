import { expect, test } from 'vitest';
import { keyStems, toStem } from './key-words.ts';
import { MOST_CHUNKS, splitChunks, splitSentences } from './split-chunks.ts';

test('chunks hold whole sentences and lose nothing', () => {
  const text = 'First sentence here, of some length. Second one follows! A third, is it? 3.14 is a number. '.repeat(20);
  const chunks = splitChunks(text);
  expect(chunks.length).toBeGreaterThan(3);
  expect(chunks.join(' ').replace(/\s+/g, ' ')).toBe(text.trim());
  for (const chunk of chunks) expect(chunk).toMatch(/[.!?]$/);
});

test.each([['one huge word', 'x'.repeat(1_000_000)], ['only stops', '.'.repeat(500_000)], ['short lines', 'a\n'.repeat(300_000)], ['spaces', ' '.repeat(500_000)]])(
  '%s: split in linear time into at most 64 chunks',
  (_name, text) => {
    expect(splitChunks(text).length).toBeLessThanOrEqual(MOST_CHUNKS);
    expect(splitSentences(text).length).toBeLessThanOrEqual(MOST_CHUNKS);
  },
);

test('key words are what a question is about', () => {
  expect(keyStems('What is the boiling point of water at 2000 metres?')).toEqual(['boil', 'point', 'water', '2000', 'metr']);
  expect(keyStems('法国的首都')).toEqual(['法', '国', '的', '首', '都']);
  expect(toStem('Café')).toBe('cafe');
});
