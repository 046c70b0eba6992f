import { asciiClasses, CharacterClass } from './character-class.ts';
import { normalizeText } from './normalize-text.ts';
import { CONTINUING_SEED, hashStep, OPENING_SEED, type Vocabulary } from './vocabulary.ts';

/** Words with more characters than this become one unknown piece, as in BERT's tokenizer. */
const LONGEST_WORD = 100;

/** Ids of word pieces in a buffer that grows and is used again. */
export class PieceBuffer {
  ids: Int32Array = new Int32Array(1024);
  length = 0;

  push(id: number): void {
    if (this.length === this.ids.length) {
      const larger = new Int32Array(this.ids.length * 2);
      larger.set(this.ids);
      this.ids = larger;
    }
    this.ids[this.length++] = id;
  }
}

/**
 * BERT's uncased WordPiece: the same pieces as the tokenizers library over the same vocabulary, except that names of
 * special tokens in a text (`[SEP]`) are plain text. Linear in the length of the text.
 */
export class WordPiece {
  readonly #vocabulary: Vocabulary;
  readonly #unknown: number;
  readonly #word = new Uint16Array(LONGEST_WORD * 2 + 2);
  readonly #prefixes = new Int32Array(LONGEST_WORD * 2 + 2);

  constructor(vocabulary: Vocabulary, unknown: number) {
    this.#vocabulary = vocabulary;
    this.#unknown = unknown;
  }

  /** Appends the ids of the text's pieces, without [CLS] and [SEP]. */
  encode(text: string, into: PieceBuffer): void {
    this.#scan(text, into, false);
  }

  #scan(text: string, into: PieceBuffer, normalized: boolean): void {
    const word = this.#word;
    let length = 0;
    let start = 0;
    for (let index = 0; index < text.length; index++) {
      let code = text.charCodeAt(index);
      if (code >= 128 && !normalized) {
        index = this.#normalizeRun(text, length > 0 ? start : index, index, into);
        length = 0;
        continue;
      }
      const kind = code < 128 ? asciiClasses[code] : CharacterClass.word;
      if (kind === CharacterClass.word) {
        if (length === 0) start = index;
        if (code >= 65 && code <= 90) code += 32;
        if (length < word.length) word[length] = code;
        length++;
        continue;
      }
      if (kind === CharacterClass.dropped) continue;
      if (length > 0) this.#pieces(length, into);
      length = 0;
      if (kind === CharacterClass.punctuation) {
        word[0] = code;
        this.#pieces(1, into);
      }
    }
    if (length > 0) this.#pieces(length, into);
  }

  /** From the word that holds a character beyond ASCII to the next space; the rest of a text stays on the fast path. */
  #normalizeRun(text: string, start: number, index: number, into: PieceBuffer): number {
    let end = index + 1;
    while (end < text.length && text.charCodeAt(end) !== 32 && text.charCodeAt(end) !== 10) end++;
    this.#scan(normalizeText(text.slice(start, end)), into, true);
    return end - 1;
  }

  /** Greedy longest match from the left; one unknown piece when any part of the word is not in the vocabulary. */
  #pieces(length: number, into: PieceBuffer): void {
    const mark = into.length;
    if (length > LONGEST_WORD && this.#characters(length) > LONGEST_WORD) return into.push(this.#unknown);
    let from = 0;
    while (from < length) {
      const to = this.#match(from, length, into);
      if (to === from) {
        into.length = mark;
        return into.push(this.#unknown);
      }
      from = to;
    }
  }

  #match(from: number, length: number, into: PieceBuffer): number {
    const end = Math.min(length, from + this.#vocabulary.longest);
    const continuing = from === 0 ? 0 : 1;
    const prefixes = this.#prefixes;
    let hash = continuing ? CONTINUING_SEED : OPENING_SEED;
    for (let index = from; index < end; index++) {
      hash = hashStep(hash, this.#word[index]!);
      prefixes[index - from] = hash;
    }
    for (let to = end; to > from; to--) {
      const id = this.#vocabulary.find(this.#word, from, to, prefixes[to - from - 1]!, continuing);
      if (id === -1) continue;
      into.push(id);
      return to;
    }
    return from;
  }

  #characters(length: number): number {
    if (length > this.#word.length) return length;
    let pairs = 0;
    for (let index = 0; index < length; index++) if ((this.#word[index]! & 0xfc00) === 0xdc00) pairs++;
    return length - pairs;
  }
}
