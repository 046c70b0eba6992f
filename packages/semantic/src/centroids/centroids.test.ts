import { expect, test } from 'vitest';
import { createEmbedder } from '../create-embedder.ts';
import { createPrior, difficultyCentroids, domainCentroids } from './create-prior.ts';
import { readCentroids, toCentroidData } from './read-centroids.ts';

const embedder = createEmbedder();

test.each([
  ['Write a Python function that merges two sorted linked lists and returns the head.', 'code'],
  ['Translate this sentence into French: the library opens at nine tomorrow.', 'translation'],
  ['A patient presents with chest pain and an elevated troponin. What is the most likely diagnosis?', 'medical'],
])('%s', async (text, domain) => {
  const beliefs = await createPrior(embedder, domainCentroids)(text);
  expect(beliefs[0]?.label).toBe(domain);
  expect(beliefs.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 6);
});

test('knows five levels, and a text without content is uniform', async () => {
  const beliefs = await createPrior(embedder, difficultyCentroids)('');
  expect(beliefs.map(({ label }) => label).sort()).toEqual(['1', '2', '3', '4', '5']);
  for (const { probability } of beliefs) expect(probability).toBeCloseTo(0.2, 6);
});

test('centroids survive their JSON form', () => {
  const vector = new Float32Array(8).map((_, index) => Math.sin(index + 1));
  const length = Math.hypot(...vector);
  const centroid = { label: 'a', vector: vector.map((value) => value / length) };
  const [read] = readCentroids(toCentroidData([centroid], 10));
  for (const [index, value] of centroid.vector.entries()) expect(read?.vector[index]).toBeCloseTo(value, 2);
});

test('refuses an embedder of another length and damaged data', () => {
  expect(() => createPrior({ ...embedder, dimensions: 384 }, domainCentroids)).toThrow(/384 dimensions/);
  expect(() => createPrior(embedder, { ...domainCentroids, centroids: [{ label: 'a', codes: '' }] })).toThrow(/^centroids\[0\]\.codes/);
});
