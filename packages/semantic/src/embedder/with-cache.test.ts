import type { Embedder } from '@cascadeflow/contract';
import { expect, test } from 'vitest';
import { createTextHash } from './text-hash.ts';
import { withCache } from './with-cache.ts';

/** One dimension: the text's length. Remembers what it was asked. */
function lengthEmbedder(): Embedder & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    contract: 'v1',
    id: 'length',
    dimensions: 2,
    asked,
    async embed(texts) {
      asked.push(...texts);
      return texts.map((text) => Float32Array.of(text.length, 0));
    },
  };
}

test('asks for each text once, keeps the order, and fills in what it knows', async () => {
  const inner = lengthEmbedder();
  const cached = withCache(inner);
  expect(await cached.embed(['a', 'bbb', 'a'])).toEqual([Float32Array.of(1, 0), Float32Array.of(3, 0), Float32Array.of(1, 0)]);
  expect(await cached.embed(['cc', 'bbb'])).toEqual([Float32Array.of(2, 0), Float32Array.of(3, 0)]);
  expect(inner.asked).toEqual(['a', 'bbb', 'cc']);
});

test('a caller who writes into a vector harms nobody', async () => {
  const cached = withCache(lengthEmbedder());
  const [vector] = await cached.embed(['a']);
  vector?.fill(99);
  expect(await cached.embed(['a'])).toEqual([Float32Array.of(1, 0)]);
});

test('stays within its bytes and drops the least recently used first', async () => {
  const inner = lengthEmbedder();
  const cached = withCache(inner, { maxBytes: 2 * 128 });
  await cached.embed(['a']);
  await cached.embed(['b']);
  await cached.embed(['a']);
  await cached.embed(['c']);
  await cached.embed(['a', 'b']);
  expect(inner.asked).toEqual(['a', 'b', 'c', 'b']);
});

test('keeps nothing with no room, and forgets at close', async () => {
  const inner = lengthEmbedder();
  const roomless = withCache(inner, { maxBytes: 0 });
  await roomless.embed(['a']);
  await roomless.embed(['a']);
  expect(inner.asked).toEqual(['a', 'a']);
  const cached = withCache(inner);
  await cached.embed(['z']);
  await cached.close?.();
  await cached.embed(['z']);
  expect(inner.asked.filter((text) => text === 'z')).toHaveLength(2);
});

test('hashes of a hundred thousand like texts are all different', () => {
  const hash = createTextHash();
  const seen = new Set<string>();
  for (let index = 0; index < 50_000; index++) seen.add(hash(`text ${index}`)).add(hash(`${index} text`));
  expect(seen.size).toBe(100_000);
  expect(hash('a')).toBe(hash('a'));
  expect(createTextHash()('a')).not.toBe(hash('a'));
});
