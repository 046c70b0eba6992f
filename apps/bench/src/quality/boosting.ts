import type { BoostedTrees, Tree } from '@cascadeflow/quality';

/** Rows to fit on: one array per feature, `NaN` where a value is missing. */
export interface Table {
  readonly features: readonly Float64Array[];
  /** 0 to 1. */
  readonly label: Float64Array;
  readonly weight: Float64Array;
}

/** How trees are grown. */
export interface BoostingOptions {
  readonly trees: number;
  readonly depth: number;
  readonly rate: number;
  /** L2 penalty on leaf values, in units of summed curvature. */
  readonly ridge: number;
  /** Least summed curvature in a leaf. */
  readonly leaf: number;
  /** Share of features that a tree may use. */
  readonly columns: number;
  /** Share of rows that a tree sees. */
  readonly sample: number;
  readonly seed: number;
  /** Log-odds every row starts from, e.g. those of another model. */
  readonly offset?: Float64Array;
}

const bins = 32;
const missing = bins;

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** Gradient boosting on the logistic loss with second-order steps (Friedman 2001; Chen and Guestrin 2016), features cut into bins of equal mass. */
export function fitBoosting(table: Table, options: BoostingOptions): BoostedTrees {
  const rows = table.label.length;
  const random = generator(options.seed);
  const cuts = table.features.map((column) => cutsOf(column));
  const binned = table.features.map((column, index) => Uint8Array.from(column, (value) => binOf(value, cuts[index] as number[])));
  let [total, positive] = [0, 0];
  for (let row = 0; row < rows; row++) {
    total += table.weight[row] as number;
    positive += (table.weight[row] as number) * (table.label[row] as number);
  }
  const base = options.offset ? 0 : Math.log(positive / (total - positive));
  const score = new Float64Array(rows);
  for (let row = 0; row < rows; row++) score[row] = base + (options.offset?.[row] ?? 0);
  const gradient = new Float64Array(rows);
  const curvature = new Float64Array(rows);
  const trees: Tree[] = [];
  for (let round = 0; round < options.trees; round++) {
    for (let row = 0; row < rows; row++) {
      const p = sigmoid(score[row] as number);
      gradient[row] = (table.weight[row] as number) * ((table.label[row] as number) - p);
      curvature[row] = Math.max(1e-9, (table.weight[row] as number) * p * (1 - p));
    }
    const columns = table.features.map((_, index) => index).filter(() => random() < options.columns);
    const used: number[] = [];
    for (let row = 0; row < rows; row++) if (random() < options.sample) used.push(row);
    const tree = grow(binned, cuts, columns, Uint32Array.from(used), gradient, curvature, options);
    trees.push(tree);
    addTo(score, tree, table.features);
  }
  return { base, trees };
}

interface Split {
  readonly gain: number;
  readonly feature: number;
  readonly bin: number;
  readonly missingLeft: boolean;
}

function grow(binned: readonly Uint8Array[], cuts: readonly (readonly number[])[], columns: readonly number[], rows: Uint32Array, gradient: Float64Array, curvature: Float64Array, options: BoostingOptions): Tree {
  const tree = { f: [-1], t: [0], l: [0], m: [0], v: [0] };
  const value = (members: Uint32Array) => {
    let [g, h] = [0, 0];
    for (const row of members) {
      g += gradient[row] as number;
      h += curvature[row] as number;
    }
    return (options.rate * g) / (h + options.ridge);
  };
  const queue: { node: number; members: Uint32Array; depth: number }[] = [{ node: 0, members: rows, depth: 0 }];
  for (let entry = queue.shift(); entry; entry = queue.shift()) {
    tree.v[entry.node] = round(value(entry.members));
    if (entry.depth >= options.depth) continue;
    const split = bestSplit(binned, columns, entry.members, gradient, curvature, options);
    if (!split) continue;
    const column = binned[split.feature] as Uint8Array;
    const isLeft = (row: number) => (column[row] === missing ? split.missingLeft : (column[row] as number) <= split.bin);
    const left = tree.f.length;
    for (const side of [entry.members.filter(isLeft), entry.members.filter((row) => !isLeft(row))]) {
      tree.f.push(-1); tree.t.push(0); tree.l.push(0); tree.m.push(0); tree.v.push(0);
      queue.push({ node: tree.f.length - 1, members: side, depth: entry.depth + 1 });
    }
    tree.f[entry.node] = split.feature;
    tree.t[entry.node] = cuts[split.feature]?.[split.bin] ?? Number.MAX_VALUE;
    tree.l[entry.node] = left;
    tree.m[entry.node] = split.missingLeft ? 1 : 0;
  }
  return tree;
}

function bestSplit(binned: readonly Uint8Array[], columns: readonly number[], members: Uint32Array, gradient: Float64Array, curvature: Float64Array, options: BoostingOptions): Split | undefined {
  let best: Split | undefined;
  const g = new Float64Array(bins + 1);
  const h = new Float64Array(bins + 1);
  const ownG = Float64Array.from(members, (row) => gradient[row] as number);
  const ownH = Float64Array.from(members, (row) => curvature[row] as number);
  for (const feature of columns) {
    g.fill(0);
    h.fill(0);
    const column = binned[feature] as Uint8Array;
    for (let at = 0; at < members.length; at++) {
      const bin = column[members[at] as number] as number;
      g[bin] = (g[bin] as number) + (ownG[at] as number);
      h[bin] = (h[bin] as number) + (ownH[at] as number);
    }
    let [sumG, sumH] = [0, 0];
    for (let bin = 0; bin <= bins; bin++) {
      sumG += g[bin] as number;
      sumH += h[bin] as number;
    }
    const quality = (a: number, b: number) => (a * a) / (b + options.ridge);
    for (const missingLeft of (h[missing] as number) > 0 ? [true, false] : [true]) {
      let [leftG, leftH] = missingLeft ? [g[missing] as number, h[missing] as number] : [0, 0];
      for (let bin = 0; bin < bins; bin++) {
        leftG += g[bin] as number;
        leftH += h[bin] as number;
        if (leftH < options.leaf || sumH - leftH < options.leaf) continue;
        const gain = quality(leftG, leftH) + quality(sumG - leftG, sumH - leftH) - quality(sumG, sumH);
        if (gain > (best?.gain ?? 1e-6)) best = { gain, feature, bin, missingLeft };
      }
    }
  }
  return best;
}

function addTo(score: Float64Array, tree: Tree, features: readonly Float64Array[]): void {
  for (let row = 0; row < score.length; row++) {
    let node = 0;
    while ((tree.f[node] as number) >= 0) {
      const value = features[tree.f[node] as number]?.[row] as number;
      const isLeft = Number.isNaN(value) ? tree.m[node] === 1 : value <= (tree.t[node] as number);
      node = (tree.l[node] as number) + (isLeft ? 0 : 1);
    }
    score[row] = (score[row] as number) + (tree.v[node] as number);
  }
}

function cutsOf(column: Float64Array): number[] {
  const known = column.filter((value) => !Number.isNaN(value)).sort();
  const cuts: number[] = [];
  for (let bin = 1, next = 0; bin < bins; bin++) {
    const at = known[Math.floor((bin * known.length) / bins)];
    if (at === undefined) break;
    while (next < known.length && (known[next] as number) <= at) next++;
    const above = known[next];
    if (above === undefined) break;
    const cut = round((at + above) / 2);
    if (cut > (cuts.at(-1) ?? -Infinity) && cut >= at && cut < above) cuts.push(cut);
  }
  return cuts;
}

function binOf(value: number, cuts: readonly number[]): number {
  if (Number.isNaN(value)) return missing;
  let [low, high] = [0, cuts.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value <= (cuts[middle] as number)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}

/** A small seeded generator (mulberry32), so that a fit can be repeated. */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
