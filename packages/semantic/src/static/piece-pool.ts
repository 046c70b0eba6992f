import type { StaticModel } from '../model-file/static-model.ts';
import { toUnit } from './to-unit.ts';

/** Columns summed in one pass over the rows, each in a local variable. */
const BLOCK = 8;

/**
 * Sums the vectors of a text's pieces. Each piece is counted first, so that a word used twice is added once with twice
 * the weight, and a text of any length costs at most one pass over the table.
 */
export class PiecePool {
  readonly #model: StaticModel;
  readonly #counts: Uint32Array;
  readonly #seen: Int32Array;
  readonly #weights: Float64Array;
  #size = 0;

  constructor(model: StaticModel) {
    if (model.dimensions % BLOCK !== 0) throw new RangeError(`the number of dimensions must be a multiple of ${BLOCK}`);
    this.#model = model;
    this.#counts = new Uint32Array(model.vocabulary.size);
    this.#seen = new Int32Array(model.vocabulary.size);
    this.#weights = new Float64Array(model.vocabulary.size);
  }

  /** Bytes of working memory. */
  get byteLength(): number {
    return this.#counts.byteLength + this.#seen.byteLength + this.#weights.byteLength;
  }

  /** Counts the first `length` ids. */
  add(ids: Int32Array, length: number): void {
    const counts = this.#counts;
    for (let index = 0; index < length; index++) {
      const id = ids[index]!;
      if (counts[id] === 0) this.#seen[this.#size++] = id;
      counts[id]!++;
    }
  }

  /** The vector of everything added, of length 1 (all zeros when nothing had weight), and a fresh start. */
  finish(): Float32Array {
    const { scales, dimensions, table } = this.#model;
    const rows = this.#seen;
    const weights = this.#weights;
    const size = this.#size;
    for (let index = 0; index < size; index++) {
      const id = rows[index]!;
      weights[index] = this.#counts[id]! * scales[id]!;
      this.#counts[id] = 0;
      rows[index] = id * dimensions;
    }
    const sum = new Float64Array(dimensions);
    for (let column = 0; column < dimensions; column += BLOCK) sumBlock(table, rows, weights, size, column, sum);
    this.#size = 0;
    return toUnit(sum);
  }
}

function sumBlock(table: Int8Array, rows: Int32Array, weights: Float64Array, size: number, column: number, sum: Float64Array): void {
  let a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0;
  for (let index = 0; index < size; index++) {
    const weight = weights[index]!;
    const at = rows[index]! + column;
    a += weight * table[at]!;
    b += weight * table[at + 1]!;
    c += weight * table[at + 2]!;
    d += weight * table[at + 3]!;
    e += weight * table[at + 4]!;
    f += weight * table[at + 5]!;
    g += weight * table[at + 6]!;
    h += weight * table[at + 7]!;
  }
  sum.set([a, b, c, d, e, f, g, h], column);
}
