import { expect, test } from 'vitest';
import type { BoostedTrees } from './boosted-trees.ts';
import { packTrees, unpackTrees } from './packed-trees.ts';

const full = { f: [3, 1, 0, -1, -1, -1, -1], t: [0.5, 2, -1e300, 0, 0, 0, 0], l: [1, 3, 5, 0, 0, 0, 0], m: [1, 0, 1, 0, 0, 0, 0], v: [0.001, -0.047, 0.2, 1, -1, 0.5, 0] };
/** Its left child is a leaf. */
const lopsided = { f: [2, -1, 4, -1, -1], t: [7, 0, 0.25, 0, 0], l: [1, 0, 3, 0, 0], m: [0, 0, 1, 0, 0], v: [0, 0.3, -0.3, 0.1, -0.9] };
const leaf = { f: [-1], t: [0], l: [0], m: [0], v: [0.25] };

test('trees of any shape come back as they were', () => {
  const trees: BoostedTrees = { base: 0.4, trees: [full, leaf, lopsided, full] };
  expect(unpackTrees(packTrees(trees))).toEqual(trees);
});

test('values are held to thousandths', () => {
  expect(unpackTrees(packTrees({ base: 0, trees: [{ ...leaf, v: [0.12345] }] })).trees[0]?.v).toEqual([0.123]);
});
