import type { BoostedTrees, Tree } from './boosted-trees.ts';

/** Trees as they are shipped: every kind of number end to end, which compresses to a third less than tree by tree. */
export interface PackedTrees {
  readonly base: number;
  /** Of every node, tree by tree, the feature that it asks about, -1 for a leaf. Nodes stand in order of depth, so that a node's children are the next two that nobody has. */
  readonly f: readonly number[];
  /** Of every node that asks, the threshold. */
  readonly t: readonly number[];
  /** Of every node that asks, `1` when a missing feature goes left, `0` when not. */
  readonly m: string;
  /** Of every node, its mean in thousandths of log-odds. */
  readonly v: readonly number[];
}

const perUnit = 1000;

/** Puts trees end to end. Values are held to thousandths of log-odds: two hundred such roundings move a sum by less than a hundredth. */
export function packTrees({ base, trees }: BoostedTrees): PackedTrees {
  const [f, t, v]: [number[], number[], number[]] = [[], [], []];
  let m = '';
  for (const tree of trees) {
    tree.f.forEach((feature, node) => {
      f.push(feature);
      v.push(Math.round((tree.v[node] ?? 0) * perUnit));
      if (feature < 0) return;
      t.push(tree.t[node] ?? 0);
      m += tree.m[node] === 1 ? '1' : '0';
    });
  }
  return { base, f, t, m, v };
}

/** The trees again. */
export function unpackTrees({ base, f, t, m, v }: PackedTrees): BoostedTrees {
  const trees: Tree[] = [];
  let asked = 0;
  for (let node = 0; node < f.length; ) {
    const tree = { f: [] as number[], t: [] as number[], l: [] as number[], m: [] as number[], v: [] as number[] };
    for (let open = 1, next = 1; open > 0; open--, node++) {
      const feature = f[node] as number;
      const asks = feature >= 0;
      tree.f.push(feature);
      tree.v.push((v[node] as number) / perUnit);
      tree.t.push(asks ? (t[asked] as number) : 0);
      tree.m.push(asks && m[asked] === '1' ? 1 : 0);
      tree.l.push(asks ? next : 0);
      if (!asks) continue;
      asked++;
      next += 2;
      open += 2;
    }
    trees.push(tree);
  }
  return { base, trees };
}
