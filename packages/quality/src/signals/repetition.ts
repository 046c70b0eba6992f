import { mark } from '../text/gates.ts';
import { viewSignal } from './define-signal.ts';

/** Words that a repeated stretch has at least. */
const stretch = 5;
/** Share of repeated stretches from which a text is a loop. */
const loop = 0.75;

/** A set of whole numbers that is used again and again: filling a `Set` takes longer than all else here. */
class NumberSet {
  #slots = new Int32Array(1024);
  /** Round in which a slot was filled. */
  #rounds = new Int32Array(1024);
  #round = 0;

  /** Empties the set, and makes room for so many. */
  clear(most: number): void {
    this.#round++;
    if (most * 2 <= this.#slots.length) return;
    const size = 2 ** Math.ceil(Math.log2(most * 2));
    this.#slots = new Int32Array(size);
    this.#rounds = new Int32Array(size);
  }

  /** False when the number was in it already. */
  add(value: number): boolean {
    const mask = this.#slots.length - 1;
    for (let at = (value ^ (value >>> 15)) & mask; ; at = (at + 1) & mask) {
      if (this.#rounds[at] !== this.#round) {
        this.#rounds[at] = this.#round;
        this.#slots[at] = value;
        return true;
      }
      if (this.#slots[at] === value) return false;
    }
  }
}

const seen = new NumberSet();

/** Share of five-word stretches that occurred before, 0 to 1. A long text that is mostly a loop is a veto. */
export const repetition = viewSignal('repetition', ({ words, text }) => {
  if (words.length < stretch * 2) return runsOf(text) ? { value: 1, veto: 'The answer repeats one character.' } : 0;
  let repeated = 0;
  const total = words.length - stretch + 1;
  const hashes = words.map(hashWord);
  seen.clear(total);
  for (let index = stretch; index <= hashes.length; index++) {
    let hash = 7;
    for (let at = index - stretch; at < index; at++) hash = (Math.imul(hash, 31) + (hashes[at] ?? 0)) | 0;
    if (!seen.add(hash)) repeated++;
  }
  const share = repeated / total;
  if (words.length >= 60 && share >= loop) return { value: share, veto: 'The answer repeats itself in a loop.' };
  return share;
});

/** Words from which a text can stutter. */
const stutterFrom = 8;

/** Share of words of at least two letters that are the same as the word before; nothing for very short texts, and where something is to be repeated. */
export const stutter = viewSignal('stutter', ({ words, text, textScan, request }) => {
  if (words.length < stutterFrom || ((textScan.marks & mark.angle) !== 0 && /<\/?[a-z]\w*>/.test(text))) return undefined;
  const looked = Math.min(words.length, 400);
  let same = 0;
  for (let index = 1; index < looked; index++) if (words[index] === words[index - 1] && (words[index] ?? '').length > 1) same++;
  return same > 0 && /\b(?:repeat|times)\b/i.test(request.question) ? undefined : same / looked;
});

function hashWord(word: string): number {
  let hash = 0;
  for (let index = 0; index < word.length; index++) hash = (Math.imul(hash, 33) + word.charCodeAt(index)) | 0;
  return hash;
}

/** True for a text of at least 40 characters that is nearly all one character. */
function runsOf(text: string): boolean {
  const dense = text.replace(/\s+/g, '');
  if (dense.length < 40) return false;
  const first = dense[Math.floor(dense.length / 2)] ?? '';
  return dense.replaceAll(first, '').length < dense.length / 10;
}
