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

/** A tree's leaves are the bits of one number. */
const mostLeaves = 32;

/**
 * The trees turned inside out (QuickScorer, Lucchese et al. 2015): every feature has its questions in order of their thresholds, and a question that
 * is answered "no" strikes the leaves to its left off the tree's mask. The lowest leaf that is left is the one that is reached. No step waits for another,
 * and no question of a tree is looked up.
 */
interface Scorer {
  /** The questions of feature `f` are those from `first[f]` to before `first[f + 1]`. */
  readonly first: Int32Array;
  readonly threshold: Float64Array;
  readonly tree: Uint16Array;
  readonly keeps: Int32Array;
  /** The same for the questions that send a missing value right. */
  readonly missingFirst: Int32Array;
  readonly missingTree: Uint16Array;
  readonly missingKeeps: Int32Array;
  /** Leaves before those of each tree; they are counted from left to right. */
  readonly firstLeaf: Int32Array;
  /** The first three steps of the path to each leaf, then the next three, and so on: the feature that was asked about, and the mean of the node that was stepped to less that of the node before. Short paths end with steps of 0. */
  readonly passes: readonly { readonly feature: Uint16Array; readonly moved: Float64Array }[];
  /** The base, and the means of all roots. */
  readonly base: number;
  /** Features in the order in which they are read. */
  readonly order: Uint16Array;
  /** Those that {@link predictChange} changes: they are read last, so that the masks before them can be kept. */
  late: readonly number[];
  /** The features that were last asked for so, whether or not there are any such. */
  changed: readonly number[];
  /** Trees that ask about one of those. */
  asking: Int32Array;
  /** The masks of the row that was read last, and what they were before the late features. */
  readonly mask: Int32Array;
  readonly before: Int32Array;
  row: ArrayLike<number> | undefined;
  readonly values: Float64Array;
  /** The leaf that each tree reached, when it was last asked for. */
  readonly reached: Int32Array;
  /** What each feature moves; used again for every row. */
  readonly sums: Float64Array;
}

const scorers = new WeakMap<BoostedTrees, Scorer>();

/** @throws RangeError for a tree of more than 32 leaves. */
function scorerOf(model: BoostedTrees): Scorer {
  const known = scorers.get(model);
  if (known) return known;
  const questions: Question[] = [];
  const paths: (readonly Step[])[] = [];
  const firstLeaf: number[] = [];
  let base = model.base;
  model.trees.forEach((tree, index) => {
    const start = paths.length;
    firstLeaf.push(start);
    base += tree.v[0] ?? 0;
    /** Reads the part of a tree under a node, to which a path leads. */
    const read = (node: number, path: readonly Step[]): void => {
      const feature = tree.f[node] ?? -1;
      if (feature < 0) {
        paths.push(path);
        return;
      }
      const left = tree.l[node] ?? 0;
      const before = paths.length - start;
      const stepTo = (child: number): Step => ({ feature, moved: (tree.v[child] ?? 0) - (tree.v[node] ?? 0) });
      read(left, [...path, stepTo(left)]);
      questions.push({ feature, threshold: tree.t[node] ?? 0, missingRight: tree.m[node] !== 1, tree: index, keeps: ~(bitsBelow(paths.length - start) & ~bitsBelow(before)) });
      read(left + 1, [...path, stepTo(left + 1)]);
    };
    read(0, []);
    if (paths.length - start > mostLeaves) throw new RangeError(`trees[${index}] has ${paths.length - start} leaves; at most ${mostLeaves} can be read`);
  });
  const width = questions.reduce((most, question) => Math.max(most, question.feature), 0) + 1;
  questions.sort((a, b) => a.feature - b.feature || a.threshold - b.threshold);
  const missing = questions.filter((question) => question.missingRight);
  const scorer: Scorer = {
    first: firstOf(questions, width),
    threshold: Float64Array.from(questions, (question) => question.threshold),
    tree: Uint16Array.from(questions, (question) => question.tree),
    keeps: Int32Array.from(questions, (question) => question.keeps),
    missingFirst: firstOf(missing, width),
    missingTree: Uint16Array.from(missing, (question) => question.tree),
    missingKeeps: Int32Array.from(missing, (question) => question.keeps),
    firstLeaf: Int32Array.from(firstLeaf),
    passes: Array.from({ length: Math.ceil(Math.max(0, ...paths.map((path) => path.length)) / perPass) }, (_, pass) => {
      const steps = paths.flatMap((path) => Array.from({ length: perPass }, (_step, at) => path[pass * perPass + at] ?? { feature: 0, moved: 0 }));
      return { feature: Uint16Array.from(steps, (step) => step.feature), moved: Float64Array.from(steps, (step) => step.moved) };
    }),
    base,
    order: Uint16Array.from({ length: width }, (_, index) => index),
    late: [],
    changed: [],
    asking: new Int32Array(0),
    mask: new Int32Array(model.trees.length),
    before: new Int32Array(model.trees.length),
    row: undefined,
    values: new Float64Array(width),
    reached: new Int32Array(model.trees.length),
    sums: new Float64Array(width),
  };
  scorers.set(model, scorer);
  return scorer;
}

interface Question {
  readonly feature: number;
  readonly threshold: number;
  readonly missingRight: boolean;
  readonly tree: number;
  /** Mask of the leaves that are left when the answer is "no". */
  readonly keeps: number;
}

/** Steps of a path that are added up in one pass: side by side, because additions to one feature wait for each other. */
const perPass = 3;

/** A step from a node to its child. */
interface Step {
  readonly feature: number;
  readonly moved: number;
}

function bitsBelow(count: number): number {
  return count >= mostLeaves ? -1 : (1 << count) - 1;
}

/** Where the questions of each feature begin in a list in order of features. */
function firstOf(questions: readonly Question[], width: number): Int32Array {
  const first = new Int32Array(width + 1);
  for (const { feature } of questions) first[feature + 1] = (first[feature + 1] as number) + 1;
  for (let index = 0; index < width; index++) first[index + 1] = (first[index + 1] as number) + (first[index] as number);
  return first;
}

/** Strikes off the leaves that some features' values rule out: those between two places of the order. */
function strike({ order, first, threshold, tree, keeps, missingFirst, missingTree, missingKeeps, mask, values }: Scorer, from: number, to: number): void {
  for (let place = from; place < to; place++) {
    const feature = order[place] as number;
    const value = values[feature] as number;
    if (Number.isNaN(value)) {
      const end = missingFirst[feature + 1] as number;
      for (let index = missingFirst[feature] as number; index < end; index++) {
        const at = missingTree[index] as number;
        mask[at] = (mask[at] as number) & (missingKeeps[index] as number);
      }
    } else {
      const end = first[feature + 1] as number;
      for (let index = first[feature] as number; index < end && (threshold[index] as number) < value; index++) {
        const at = tree[index] as number;
        mask[at] = (mask[at] as number) & (keeps[index] as number);
      }
    }
  }
}

/** Reads a row into the masks. */
function readRow(scorer: Scorer, row: ArrayLike<number>): void {
  const { mask, before, order, late, values } = scorer;
  for (let feature = 0; feature < values.length; feature++) values[feature] = row[feature] as number;
  const earlier = order.length - late.length;
  mask.fill(-1);
  strike(scorer, 0, earlier);
  before.set(mask);
  strike(scorer, earlier, order.length);
  scorer.row = row;
}

/** Place of the leaf that a tree's mask leaves. */
function leafOf({ firstLeaf, mask }: Scorer, tree: number): number {
  const left = mask[tree] as number;
  return (firstLeaf[tree] as number) + 31 - Math.clz32(left & -left);
}

/**
 * Log-odds for a row of features, `NaN` meaning missing. What each feature moved is added to `parts`, when given: at every node the step from
 * the node's mean to its child's mean is the feature's (Saabas 2014).
 */
export function predict(model: BoostedTrees, row: ArrayLike<number>, parts?: number[]): number {
  const scorer = scorerOf(model);
  readRow(scorer, row);
  const { reached, sums, passes } = scorer;
  for (let tree = 0; tree < reached.length; tree++) reached[tree] = leafOf(scorer, tree);
  sums.fill(0);
  for (const { feature, moved } of passes) {
    for (let tree = 0; tree < reached.length; tree++) {
      const at = (reached[tree] as number) * perPass;
      const first = feature[at] as number;
      const second = feature[at + 1] as number;
      const third = feature[at + 2] as number;
      sums[first] = (sums[first] as number) + (moved[at] as number);
      sums[second] = (sums[second] as number) + (moved[at + 1] as number);
      sums[third] = (sums[third] as number) + (moved[at + 2] as number);
    }
  }
  let sum = scorer.base;
  for (let index = 0; index < sums.length; index++) {
    const own = sums[index] as number;
    sum += own;
    if (parts) parts[index] = (parts[index] as number) + own;
  }
  return sum;
}

/** A feature by its index, and the value it is given. */
export type Change = readonly [feature: number, value: number];

/** How far the log-odds move when some features of a row change and nothing else: only trees that ask about one of them are read. */
export function predictChange(model: BoostedTrees, row: ArrayLike<number>, changes: readonly Change[]): number {
  const scorer = scorerOf(model);
  if (!readsLate(scorer, changes)) readLate(scorer, model, changes);
  if (scorer.row !== row) readRow(scorer, row);
  const { mask, before } = scorer;
  const from = sumAsking(scorer);
  mask.set(before);
  for (const [feature, value] of changes) scorer.values[feature] = value;
  strike(scorer, scorer.order.length - scorer.late.length, scorer.order.length);
  scorer.row = undefined;
  return sumAsking(scorer) - from;
}

/** True when these are the features that are read last: they are always the same. */
function readsLate({ changed }: Scorer, changes: readonly Change[]): boolean {
  return changed.length === changes.length && changes.every(([feature], index) => changed[index] === feature);
}

function readLate(scorer: Scorer, { trees }: BoostedTrees, changes: readonly Change[]): void {
  scorer.changed = changes.map(([feature]) => feature);
  // A feature that no tree asks about has no place in the order.
  scorer.late = scorer.changed.filter((feature) => feature >= 0 && feature < scorer.order.length);
  scorer.order.set([...scorer.order.filter((feature) => !scorer.late.includes(feature)), ...scorer.late]);
  scorer.asking = Int32Array.from([...trees.keys()].filter((index) => trees[index]?.f.some((feature) => scorer.late.includes(feature))));
  scorer.row = undefined;
}

/** What the trees that ask about a late feature add, beyond their roots. */
function sumAsking(scorer: Scorer): number {
  const { asking, passes } = scorer;
  let sum = 0;
  for (const { moved } of passes) {
    for (let index = 0; index < asking.length; index++) {
      const at = leafOf(scorer, asking[index] as number) * perPass;
      sum += (moved[at] as number) + (moved[at + 1] as number) + (moved[at + 2] as number);
    }
  }
  return sum;
}
