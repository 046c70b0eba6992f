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

/**
 * Log-odds for a row of features, `NaN` meaning missing. What each feature moved is added to `parts`, when given: at every node the step from
 * the node's mean to its child's mean is the feature's (Saabas 2014).
 */
export function predict(model: BoostedTrees, row: ArrayLike<number>, parts?: Float64Array): number {
  let sum = model.base;
  for (const tree of model.trees) {
    let node = 0;
    for (let feature = tree.f[0] ?? -1; feature >= 0; feature = tree.f[node] ?? -1) {
      const value = row[feature] ?? Number.NaN;
      const isLeft = Number.isNaN(value) ? tree.m[node] === 1 : value <= (tree.t[node] ?? 0);
      const next = (tree.l[node] ?? 0) + (isLeft ? 0 : 1);
      if (parts) parts[feature] = (parts[feature] ?? 0) + (tree.v[next] ?? 0) - (tree.v[node] ?? 0);
      node = next;
    }
    sum += tree.v[node] ?? 0;
  }
  return sum;
}
