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
  const grower: Grower = { binned, cuts, options, gradient: new Float64Array(rows), curvature: new Float64Array(rows), order: new Uint32Array(rows), spare: new Uint32Array(rows) };
  const trees: Tree[] = [];
  for (let round = 0; round < options.trees; round++) {
    for (let row = 0; row < rows; row++) {
      const p = sigmoid(score[row] as number);
      grower.gradient[row] = (table.weight[row] as number) * ((table.label[row] as number) - p);
      grower.curvature[row] = Math.max(1e-9, (table.weight[row] as number) * p * (1 - p));
    }
    const columns = table.features.map((_, index) => index).filter(() => random() < options.columns);
    let used = 0;
    for (let row = 0; row < rows; row++) if (random() < options.sample) grower.order[used++] = row;
    const tree = grow(grower, columns, used);
    trees.push(tree);
    addTo(score, tree, table.features);
  }
  return { base, trees };
}

/** What stays the same from node to node. The rows of a node are a stretch of `order`. */
interface Grower {
  readonly binned: readonly Uint8Array[];
  readonly cuts: readonly (readonly number[])[];
  readonly options: BoostingOptions;
  readonly gradient: Float64Array;
  readonly curvature: Float64Array;
  readonly order: Uint32Array;
  readonly spare: Uint32Array;
}

interface Node {
  readonly start: number;
  readonly end: number;
  readonly depth: number;
  /** Summed gradient and curvature by column and bin; absent at the last depth. */
  readonly sums?: Float64Array;
}

interface Split {
  readonly gain: number;
  readonly column: number;
  readonly bin: number;
  readonly missingLeft: boolean;
}

function grow(grower: Grower, columns: readonly number[], used: number): Tree {
  const { binned, cuts, options, gradient, curvature, order } = grower;
  const tree = { f: [-1], t: [0], l: [0], m: [0], v: [0] };
  const nodes: Node[] = [{ start: 0, end: used, depth: 0, sums: sumsOf(grower, columns, 0, used) }];
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index] as Node;
    let [g, h] = [0, 0];
    for (let at = node.start; at < node.end; at++) {
      g += gradient[order[at] as number] as number;
      h += curvature[order[at] as number] as number;
    }
    tree.v[index] = round((options.rate * g) / (h + options.ridge));
    const split = node.sums && bestSplit(node.sums, columns.length, g, h, options);
    if (!node.sums || !split) continue;
    const feature = columns[split.column] as number;
    const middle = partition(grower, node, binned[feature] as Uint8Array, split);
    tree.f[index] = feature;
    tree.t[index] = cuts[feature]?.[split.bin] ?? Number.MAX_VALUE;
    tree.l[index] = nodes.length;
    tree.m[index] = split.missingLeft ? 1 : 0;
    const depth = node.depth + 1;
    for (let side = 0; side < 2; side++) { tree.f.push(-1); tree.t.push(0); tree.l.push(0); tree.m.push(0); tree.v.push(0); }
    if (depth >= options.depth) {
      nodes.push({ start: node.start, end: middle, depth }, { start: middle, end: node.end, depth });
      continue;
    }
    const leftIsSmall = middle - node.start <= node.end - middle;
    const small = leftIsSmall ? sumsOf(grower, columns, node.start, middle) : sumsOf(grower, columns, middle, node.end);
    const large = node.sums.map((sum, at) => sum - (small[at] as number));
    nodes.push({ start: node.start, end: middle, depth, sums: leftIsSmall ? small : large }, { start: middle, end: node.end, depth, sums: leftIsSmall ? large : small });
  }
  return tree;
}

/** Sums over the rows of a node, two numbers per bin, the bins of a column together. */
function sumsOf({ binned, gradient, curvature, order }: Grower, columns: readonly number[], start: number, end: number): Float64Array {
  const sums = new Float64Array(columns.length * (bins + 1) * 2);
  const rows = order.subarray(start, end);
  const ownG = Float64Array.from(rows, (row) => gradient[row] as number);
  const ownH = Float64Array.from(rows, (row) => curvature[row] as number);
  columns.forEach((feature, index) => {
    const column = binned[feature] as Uint8Array;
    const first = index * (bins + 1) * 2;
    for (let at = 0; at < rows.length; at++) {
      const place = first + 2 * (column[rows[at] as number] as number);
      sums[place] = (sums[place] as number) + (ownG[at] as number);
      sums[place + 1] = (sums[place + 1] as number) + (ownH[at] as number);
    }
  });
  return sums;
}

/** Puts the rows that go left before the others, each side in its old order, and says where the right side begins. */
function partition({ order, spare }: Grower, { start, end }: Node, column: Uint8Array, { bin, missingLeft }: Split): number {
  let [left, right] = [start, 0];
  for (let at = start; at < end; at++) {
    const row = order[at] as number;
    const value = column[row] as number;
    if (value === missing ? missingLeft : value <= bin) order[left++] = row;
    else spare[right++] = row;
  }
  order.set(spare.subarray(0, right), left);
  return left;
}

/** Curvature below this is what subtraction leaves of nothing. */
const nothing = 1e-7;

function bestSplit(sums: Float64Array, columns: number, sumG: number, sumH: number, options: BoostingOptions): Split | undefined {
  let best: Split | undefined;
  const quality = (a: number, b: number) => (a * a) / (b + options.ridge);
  const whole = quality(sumG, sumH);
  for (let column = 0; column < columns; column++) {
    const first = column * (bins + 1) * 2;
    const missingG = sums[first + 2 * missing] as number;
    const missingH = sums[first + 2 * missing + 1] as number;
    for (const missingLeft of missingH > nothing ? [true, false] : [true]) {
      let [leftG, leftH] = missingLeft ? [missingG, missingH] : [0, 0];
      for (let bin = 0; bin < bins; bin++) {
        leftG += sums[first + 2 * bin] as number;
        leftH += sums[first + 2 * bin + 1] as number;
        if (leftH < options.leaf) continue;
        if (sumH - leftH < options.leaf) break;
        const gain = quality(leftG, leftH) + quality(sumG - leftG, sumH - leftH) - whole;
        if (gain > (best?.gain ?? 1e-6)) best = { gain, column, bin, missingLeft };
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
