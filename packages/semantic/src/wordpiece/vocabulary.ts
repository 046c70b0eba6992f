/** Where hashes start: one seed for pieces that open a word, one for those that continue it. */
export const OPENING_SEED = 0x811c9dc5 | 0;
export const CONTINUING_SEED = 0x27220a95 | 0;

const FNV_PRIME = 0x01000193;
const HASH_SIGN = 35;

/** One step of the 32-bit FNV-1a hash over UTF-16 code units. */
export function hashStep(hash: number, code: number): number {
  return Math.imul(hash ^ code, FNV_PRIME);
}

/**
 * Word pieces in an open-addressed hash table over flat arrays: no string is made to look one up,
 * and filling it takes milliseconds.
 */
export class Vocabulary {
  readonly size: number;
  /** Most code units a piece has, without its `##`. */
  readonly longest: number;
  readonly #units: Uint16Array;
  readonly #starts: Uint32Array;
  readonly #hashes: Int32Array;
  readonly #continuing: Uint8Array;
  readonly #slots: Int32Array;

  /** Reads one piece a line, in the order of their ids; `##` marks pieces that continue a word. */
  constructor(lines: string) {
    const size = lines === '' ? 0 : countLines(lines);
    this.size = size;
    this.#units = new Uint16Array(lines.length);
    this.#starts = new Uint32Array(size + 1);
    this.#hashes = new Int32Array(size);
    this.#continuing = new Uint8Array(size);
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(size * 2 + 2))).fill(-1);
    this.longest = this.#fill(lines);
  }

  /** Bytes that the table holds. */
  get byteLength(): number {
    return [this.#units, this.#starts, this.#hashes, this.#continuing, this.#slots].reduce((sum, array) => sum + array.byteLength, 0);
  }

  /** Id of the piece `word[from, to)` whose hash is known, or -1. */
  find(word: Uint16Array, from: number, to: number, hash: number, continuing: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = (hash ^ (hash >>> 15)) & mask;
    for (;;) {
      const id = slots[slot]!;
      if (id === -1) return -1;
      if (this.#hashes[id] === hash && this.#continuing[id] === continuing && this.#equals(id, word, from, to)) return id;
      slot = (slot + 1) & mask;
    }
  }

  #equals(id: number, word: Uint16Array, from: number, to: number): boolean {
    const start = this.#starts[id]!;
    if (this.#starts[id + 1]! - start !== to - from) return false;
    for (let offset = 0; offset < to - from; offset++) if (this.#units[start + offset] !== word[from + offset]) return false;
    return true;
  }

  #fill(lines: string): number {
    // Locals, because this runs once, before the compiler has looked at it: twice as fast as through the fields.
    const units = this.#units;
    const starts = this.#starts;
    const slots = this.#slots;
    const mask = slots.length - 1;
    let longest = 0;
    let position = 0;
    let filled = 0;
    for (let id = 0; id < starts.length - 1; id++) {
      const end = lineEnd(lines, position);
      const continuing = end - position > 2 && lines.charCodeAt(position) === HASH_SIGN && lines.charCodeAt(position + 1) === HASH_SIGN;
      if (continuing) position += 2;
      let hash = continuing ? CONTINUING_SEED : OPENING_SEED;
      starts[id] = filled;
      longest = Math.max(longest, end - position);
      for (; position < end; position++) {
        const code = lines.charCodeAt(position);
        units[filled++] = code;
        hash = Math.imul(hash ^ code, FNV_PRIME);
      }
      position = end + 1;
      this.#hashes[id] = hash;
      this.#continuing[id] = continuing ? 1 : 0;
      let slot = (hash ^ (hash >>> 15)) & mask;
      while (slots[slot] !== -1) slot = (slot + 1) & mask;
      slots[slot] = id;
    }
    starts[starts.length - 1] = filled;
    return longest;
  }
}

function lineEnd(lines: string, from: number): number {
  const end = lines.indexOf('\n', from);
  return end === -1 ? lines.length : end;
}

function countLines(lines: string): number {
  let count = 1;
  for (let at = lines.indexOf('\n'); at !== -1; at = lines.indexOf('\n', at + 1)) count++;
  return count;
}
