import { expect, it } from 'vitest';
import { predict, predictChange, type BoostedTrees, type Tree } from './boosted-trees.ts';

/** The same numbers in every run. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const features = 6;

function grow(random: () => number, depth: number): Tree {
  const tree = { f: [] as number[], t: [] as number[], l: [] as number[], m: [] as number[], v: [] as number[] };
  const add = () => {
    tree.f.push(-1);
    tree.t.push(0);
    tree.l.push(0);
    tree.m.push(0);
    tree.v.push(random() - 0.5);
  };
  const split = (node: number, left: number): void => {
    if (left === 0 || random() < 0.15) return;
    tree.f[node] = Math.floor(random() * features);
    tree.t[node] = Math.round(random() * 4);
    tree.m[node] = random() < 0.5 ? 1 : 0;
    const child = tree.f.length;
    tree.l[node] = child;
    add();
    add();
    split(child, left - 1);
    split(child + 1, left - 1);
  };
  add();
  split(0, depth);
  return tree;
}

/** Node by node, as the trees are written. */
function walk({ base, trees }: BoostedTrees, row: readonly number[], parts: number[]): number {
  let sum = base;
  for (const tree of trees) {
    let node = 0;
    while ((tree.f[node] as number) >= 0) {
      const feature = tree.f[node] as number;
      const value = row[feature] as number;
      const goesLeft = Number.isNaN(value) ? tree.m[node] === 1 : value <= (tree.t[node] as number);
      const next = (tree.l[node] as number) + (goesLeft ? 0 : 1);
      parts[feature] = (parts[feature] as number) + (tree.v[next] as number) - (tree.v[node] as number);
      node = next;
    }
    sum += tree.v[node] as number;
  }
  return sum;
}

const zeros = () => Array.from({ length: features }, () => 0);

it.each([0, 1, 3, 5])('gives what a walk node by node gives, for each feature too, in trees of depth %i', (depth) => {
  const random = dice(depth + 1);
  const model: BoostedTrees = { base: 0.3, trees: Array.from({ length: 40 }, () => grow(random, depth)) };
  for (let round = 0; round < 200; round++) {
    const row = zeros().map(() => (random() < 0.25 ? Number.NaN : Math.round(random() * 4)));
    const [parts, walked] = [zeros(), zeros()];
    expect(predict(model, row, parts)).toBeCloseTo(walk(model, row, walked), 10);
    parts.forEach((part, feature) => expect(part).toBeCloseTo(walked[feature] as number, 10));
    const changes = [[1, Math.round(random() * 4)], [4, Number.NaN], [-1, 2], [features + 3, 1]] as const;
    const changed = row.map((value, feature) => changes.find(([at]) => at === feature)?.[1] ?? value);
    expect(predictChange(model, row, changes)).toBeCloseTo(walk(model, changed, zeros()) - walk(model, row, zeros()), 10);
    expect(predict(model, row)).toBeCloseTo(walk(model, row, zeros()), 10);
  }
});

it('refuses a tree with more leaves than a mask has bits', () => {
  const random = () => 0.9;
  expect(() => predict({ base: 0, trees: [grow(random, 6)] }, zeros())).toThrow('trees[0] has 64 leaves; at most 32 can be read');
});
