import { isDigit, isMark, isSpace, isUnspaced, isWide } from './script.ts';
import { readStructure, type Structure } from './structure.ts';

/** Characters at the start and at the end of a text in which instructions stand: the frame. */
const frameHead = 160;
const frameTail = 120;
/** Characters between them that are read as well: the body. */
const bodyChars = 1400;

/** Collects hashed features of one text, each at most once. Reused between calls, so that no call allocates. */
export class FeatureBuffer {
  /** Bucket numbers: those of the frame end at `ends[0]`, of the body at `ends[1]`, of the form at `ends[2]`. */
  readonly buckets = new Uint16Array(8192);
  readonly ends = [0, 0, 0];
  #size = 0;
  readonly #seen: Uint32Array;
  readonly #mask: number;
  #epoch = 0;

  /** `bits` is the base-2 logarithm of the number of buckets, at most 16. */
  constructor(bits: number) {
    this.#seen = new Uint32Array(1 << bits);
    this.#mask = (1 << bits) - 1;
  }

  clear(): void {
    this.#size = 0;
    this.#epoch++;
  }

  /** Closes a group: its features end here. */
  close(group: 0 | 1 | 2): void {
    this.ends[group] = this.#size;
    this.#epoch++;
  }

  add(hash: number): void {
    const mixed = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
    const bucket = (mixed ^ (mixed >>> 13)) & this.#mask;
    if (this.#seen[bucket] === this.#epoch || this.#size === this.buckets.length) return;
    this.#seen[bucket] = this.#epoch;
    this.buckets[this.#size++] = bucket;
  }
}

const prime = 0x01000193;
const seeds = { word: 0x811c9dc5, pair: 0x1b873593, gram: 0x85ebca6b, stem: 0x9e3779b9, ending: 0x7feb352d, first: 0x27d4eb2f, form: 0x165667b1 } as const;
/** Words at the start of a text that are also told apart by standing there: that is where instructions open. */
const leadingWords = 3;
/** Sets the words of a body apart from those of a frame. */
const bodySalt = 0x3c6ef372;
const shortestStem = 4;
const longestStem = 7;
const endingLength = 3;

/**
 * Hashes words, pairs of words, openings and endings of words and the form of a text into `buffer`.
 *
 * A text is read as a frame, its first and last words, where instructions stand, and a body between them. The two are hashed apart, because a
 * word means something else in an instruction than in the text it is about. Linear time; the middle of a long body is skipped.
 */
export function hashFeatures(text: string, buffer: FeatureBuffer, form: Structure = readStructure(text)): void {
  buffer.clear();
  if (text.length <= frameHead + frameTail) {
    hashRange(text.toLowerCase(), buffer, 0, true);
    buffer.close(0);
  } else {
    const headEnd = wordBorder(text, frameHead);
    const tailStart = Math.max(headEnd, wordBorder(text, text.length - frameTail));
    hashRange(text.slice(0, headEnd).toLowerCase(), buffer, 0, true);
    hashRange(text.slice(tailStart).toLowerCase(), buffer, 0, false);
    buffer.close(0);
    hashRange(text.slice(headEnd, Math.min(tailStart, headEnd + bodyChars)).toLowerCase(), buffer, bodySalt, false);
  }
  buffer.close(1);
  hashForm(form, buffer);
  buffer.close(2);
}

/** The first place from `from` on where a word may end, at most 24 characters further. */
function wordBorder(text: string, from: number): number {
  for (let index = from; index < from + 24 && index < text.length; index++) if (isSpace(text.charCodeAt(index))) return index;
  return from;
}

function hashRange(text: string, buffer: FeatureBuffer, salt: number, isHead: boolean): void {
  let word: number = seeds.word;
  let before: number = seeds.pair;
  let start = -1;
  let position = 0;
  let wideBefore = 0;
  for (let index = 0; index <= text.length; index++) {
    const char = index < text.length ? text.charCodeAt(index) : 32;
    const digit = isDigit(char);
    if (isLetter(char) || digit) {
      if (isWide(char) || isUnspaced(char)) {
        buffer.add(Math.imul(seeds.gram ^ char, prime) ^ salt);
        if (wideBefore) buffer.add(Math.imul(Math.imul(seeds.pair ^ wideBefore, prime) ^ char, prime) ^ salt);
        wideBefore = char;
        continue;
      }
      if (start < 0) {
        start = index;
        word = seeds.word;
      }
      word = Math.imul(word ^ (digit ? 48 : char), prime);
      wideBefore = 0;
      continue;
    }
    wideBefore = 0;
    if (start >= 0) {
      buffer.add(word ^ salt);
      buffer.add(Math.imul(before ^ word, prime) ^ salt);
      if (isHead && position < leadingWords) buffer.add(Math.imul(seeds.first ^ word, prime) + position);
      hashStems(text, start, index, buffer, salt);
      before = word;
      position++;
      start = -1;
    }
    if (char > 32 && char < 128) buffer.add(Math.imul(seeds.form ^ char, prime) ^ salt);
  }
}

/** The openings of a word, from four letters to seven, and its last three letters: what its inflected forms and its family share. */
function hashStems(text: string, start: number, end: number, buffer: FeatureBuffer, salt: number): void {
  const length = end - start;
  let hash: number = seeds.stem;
  for (let size = 1; size <= longestStem && size < length; size++) {
    hash = Math.imul(hash ^ withoutFigure(text.charCodeAt(start + size - 1)), prime);
    if (size >= shortestStem) buffer.add(hash ^ salt);
  }
  if (length <= shortestStem) return;
  hash = seeds.ending;
  for (let at = end - endingLength; at < end; at++) hash = Math.imul(hash ^ withoutFigure(text.charCodeAt(at)), prime);
  buffer.add(hash ^ salt);
}

/** Figures are all the same. */
function withoutFigure(char: number): number {
  return char >= 48 && char <= 57 ? 48 : char;
}

function isLetter(char: number): boolean {
  if (char < 128) return char >= 97 && char <= 122;
  return !isSpace(char) && !isMark(char);
}

/** Counts enter by their magnitude, so that neither one word nor ten thousand stand out more than they should. */
function hashForm(form: Structure, buffer: FeatureBuffer): void {
  let index = 0;
  const add = (count: number) => buffer.add(Math.imul(Math.imul(seeds.form ^ ++index, prime) ^ magnitude(count), prime) + 7);
  add(form.words);
  add(form.lines);
  add(form.questions);
  add(form.numbers);
  add(form.choices);
  add(form.codeMarks);
  add(form.indented);
  add(form.fences);
  add(form.mathMarks);
  add(form.cells);
  add(form.quotes);
  add(form.sentences);
  add((form.foreign * 8) / (form.length + 1));
}

function magnitude(count: number): number {
  return count <= 0 ? 0 : Math.min(12, 1 + Math.floor(Math.log2(count + 0.5)));
}
