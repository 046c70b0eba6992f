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
 * The trees end to end, each filled up to a full binary tree of one depth, so that a child's place follows from its parent's. Every feature has
 * two columns, one with minus and one with plus infinity for a missing value: a node reads the column that sends missing values its way.
 */
interface FullTrees {
  readonly depth: number;
  /** Every tree's index. */
  readonly all: Int32Array;
  readonly column: Int16Array;
  readonly threshold: Float64Array;
  readonly value: Float64Array;
  /** The row that is read at the moment; see {@link setColumns}. */
  readonly columns: Float64Array;
  /** Place of the leaf that was reached in each tree. */
  readonly leaf: Uint16Array;
  /** The row whose columns and leaves these are, as long as nothing has been changed in them. */
  row: ArrayLike<number> | undefined;
}

const filled = new WeakMap<BoostedTrees, FullTrees>();

function fill(model: BoostedTrees): FullTrees {
  const found = filled.get(model);
  if (found) return found;
  const depth = Math.max(1, ...model.trees.map((tree) => depthOf(tree, 0)));
  const inner = 2 ** depth - 1;
  const column = new Int16Array(model.trees.length * inner);
  const threshold = new Float64Array(column.length).fill(Infinity);
  const value = new Float64Array(model.trees.length * (2 * inner + 1));
  model.trees.forEach((tree, index) => {
    const place = (node: number, at: number): void => {
      value[index * (2 * inner + 1) + at] = tree.v[node] ?? 0;
      if (at >= inner) return;
      const feature = tree.f[node] ?? -1;
      if (feature >= 0) {
        column[index * inner + at] = 2 * feature + (tree.m[node] === 1 ? 0 : 1);
        threshold[index * inner + at] = tree.t[node] ?? 0;
      }
      const left = feature >= 0 ? (tree.l[node] ?? 0) : node;
      place(left, 2 * at + 1);
      place(feature >= 0 ? left + 1 : node, 2 * at + 2);
    };
    place(0, 0);
  });
  const width = column.reduce((most, at) => Math.max(most, at), 0) + 1;
  const full: FullTrees = { depth, all: Int32Array.from(model.trees.keys()), column, threshold, value, columns: new Float64Array(width), leaf: new Uint16Array(model.trees.length), row: undefined };
  filled.set(model, full);
  return full;
}

function depthOf(tree: Tree, node: number): number {
  if ((tree.f[node] ?? -1) < 0) return 0;
  const left = tree.l[node] ?? 0;
  return 1 + Math.max(depthOf(tree, left), depthOf(tree, left + 1));
}

/** The two columns of each feature; see {@link FullTrees}. A padded node reads column 0 against infinity and goes left. */
function setRow({ columns }: FullTrees, row: ArrayLike<number>): void {
  for (let index = 0; index < row.length; index++) setColumns(columns, index, row[index] as number);
}

function setColumns(columns: Float64Array, feature: number, given: number): void {
  const isMissing = Number.isNaN(given);
  columns[2 * feature] = isMissing ? -Infinity : given;
  columns[2 * feature + 1] = isMissing ? Infinity : given;
}

/**
 * Walks some trees to their leaves. A level of four trees is walked before the next, because a step waits for the step before it in its own
 * tree alone. Nothing is destructured here: that would make arrays, more of them than all else in a verdict.
 */
function walk({ depth, column, threshold, columns, leaf }: FullTrees, trees: Int32Array): void {
  const inner = 2 ** depth - 1;
  const inFours = trees.length - (trees.length % 4);
  const step = (tree: number, at: number): number => {
    const node = tree * inner + at;
    return 2 * at + 1 + Number((columns[column[node] as number] as number) > (threshold[node] as number));
  };
  for (let index = 0; index < inFours; index += 4) {
    const first = trees[index] as number;
    const second = trees[index + 1] as number;
    const third = trees[index + 2] as number;
    const fourth = trees[index + 3] as number;
    let a = 0;
    let b = 0;
    let c = 0;
    let d = 0;
    for (let level = 0; level < depth; level++) {
      a = step(first, a);
      b = step(second, b);
      c = step(third, c);
      d = step(fourth, d);
    }
    leaf[first] = a;
    leaf[second] = b;
    leaf[third] = c;
    leaf[fourth] = d;
  }
  for (let index = inFours; index < trees.length; index++) {
    const tree = trees[index] as number;
    let at = 0;
    for (let level = 0; level < depth; level++) at = step(tree, at);
    leaf[tree] = at;
  }
}

/** Sum of the leaves that were reached. */
function sumOf({ depth, value, leaf }: FullTrees, trees: Int32Array): number {
  const nodes = 2 ** (depth + 1) - 1;
  let sum = 0;
  for (let index = 0; index < trees.length; index++) sum += value[(trees[index] as number) * nodes + (leaf[trees[index] as number] as number)] as number;
  return sum;
}

/** Adds to each feature what it moved on the way to the leaves that were reached, from the leaf up. */
function addParts({ depth, column, value, leaf }: FullTrees, parts: number[]): void {
  const inner = 2 ** depth - 1;
  for (let tree = 0; tree < leaf.length; tree++) {
    const values = tree * (2 * inner + 1);
    let at = leaf[tree] as number;
    let own = value[values + at] as number;
    while (at > 0) {
      at = (at - 1) >> 1;
      const above = value[values + at] as number;
      const feature = (column[tree * inner + at] as number) >> 1;
      parts[feature] = (parts[feature] as number) + (own - above);
      own = above;
    }
  }
}

/**
 * Log-odds for a row of features, `NaN` meaning missing. What each feature moved is added to `parts`, when given: at every node the step from
 * the node's mean to its child's mean is the feature's (Saabas 2014).
 */
export function predict(model: BoostedTrees, row: ArrayLike<number>, parts?: number[]): number {
  const full = fill(model);
  setRow(full, row);
  walk(full, full.all);
  full.row = row;
  if (parts) addParts(full, parts);
  return model.base + sumOf(full, full.all);
}

/** A feature by its index, and the value it is given. */
export type Change = readonly [feature: number, value: number];

/** How far the log-odds move when some features of a row change and nothing else: only trees that ask about one of them are read. */
export function predictChange(model: BoostedTrees, row: ArrayLike<number>, changes: readonly Change[]): number {
  const full = fill(model);
  const trees = treesAsking(model, changes);
  if (full.row !== row) {
    setRow(full, row);
    walk(full, trees);
  }
  const before = sumOf(full, trees);
  for (const [feature, value] of changes) setColumns(full.columns, feature, value);
  walk(full, trees);
  full.row = undefined;
  return sumOf(full, trees) - before;
}

/** What was last asked for: it is always the same. */
let asked: { readonly model: BoostedTrees; readonly features: readonly number[]; readonly trees: Int32Array } | undefined;

function treesAsking(model: BoostedTrees, changes: readonly Change[]): Int32Array {
  if (asked?.model === model && asked.features.length === changes.length && changes.every(([feature], index) => asked?.features[index] === feature)) return asked.trees;
  const features = changes.map(([feature]) => feature);
  const indexes = [...model.trees.keys()].filter((index) => model.trees[index]?.f.some((feature) => features.includes(feature)));
  asked = { model, features, trees: Int32Array.from(indexes) };
  return asked.trees;
}
