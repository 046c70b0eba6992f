/** One tree: parallel arrays over its nodes, the root first. */
export interface Tree {
  /** Index of the feature a node asks about, -1 for a leaf. */
  readonly f: readonly number[];
  /** Go left when the feature is at most this. */
  readonly t: readonly number[];
  /** Left child; the right child follows it. */
  readonly l: readonly number[];
  /** 1 when a missing feature goes left. */
  readonly m: readonly number[];
  /** Mean log-odds of the rows in a node; in a leaf, what the tree adds. */
  readonly v: readonly number[];
}

/** A sum of small trees that gives log-odds. */
export interface BoostedTrees {
  readonly base: number;
  readonly trees: readonly Tree[];
}

/** All trees of a model end to end in typed arrays, which are read several times faster than one small object per tree. */
interface FlatTrees {
  readonly roots: Int32Array;
  readonly feature: Int16Array;
  readonly threshold: Float64Array;
  readonly left: Int32Array;
  readonly missingLeft: Uint8Array;
  readonly value: Float64Array;
}

const flattened = new WeakMap<BoostedTrees, FlatTrees>();

function flatten(model: BoostedTrees): FlatTrees {
  const found = flattened.get(model);
  if (found) return found;
  const offsets: number[] = [];
  let length = 0;
  for (const tree of model.trees) {
    offsets.push(length);
    length += tree.f.length;
  }
  const flat: FlatTrees = {
    roots: Int32Array.from(offsets),
    feature: Int16Array.from(model.trees.flatMap((tree) => tree.f)),
    threshold: Float64Array.from(model.trees.flatMap((tree) => tree.t)),
    left: Int32Array.from(model.trees.flatMap((tree, index) => tree.l.map((child) => child + (offsets[index] ?? 0)))),
    missingLeft: Uint8Array.from(model.trees.flatMap((tree) => tree.m)),
    value: Float64Array.from(model.trees.flatMap((tree) => tree.v)),
  };
  flattened.set(model, flat);
  return flat;
}

/**
 * Log-odds for a row of features, `NaN` meaning missing. What each feature moved is added to `parts`, when given: at every node the step from
 * the node's mean to its child's mean is the feature's (Saabas 2014).
 */
export function predict(model: BoostedTrees, row: ArrayLike<number>, parts?: Float64Array): number {
  const { roots, feature, threshold, left, missingLeft, value } = flatten(model);
  let sum = model.base;
  for (const root of roots) {
    let node = root;
    for (let asked = feature[node] ?? -1; asked >= 0; asked = feature[node] ?? -1) {
      const given = row[asked] ?? Number.NaN;
      const isLeft = Number.isNaN(given) ? missingLeft[node] === 1 : given <= (threshold[node] ?? 0);
      const next = (left[node] ?? 0) + (isLeft ? 0 : 1);
      if (parts) parts[asked] = (parts[asked] ?? 0) + (value[next] ?? 0) - (value[node] ?? 0);
      node = next;
    }
    sum += value[node] ?? 0;
  }
  return sum;
}
