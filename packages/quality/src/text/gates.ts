/** A pattern that is run only on texts in which a word or a character stands that its matches need. */
export interface Gated {
  readonly pattern: RegExp;
  /** Its place among all gated patterns. */
  readonly place: number;
}

/** What one pass over a text finds. */
export interface TextScan {
  /** Bits of the first thirty-two gated patterns, for those that may match, and of the others. */
  readonly first: number;
  readonly second: number;
  /** Kinds of characters that stand in it; see {@link mark}. */
  readonly marks: number;
  readonly isAscii: boolean;
  /** How often a full stop, a question mark or an exclamation mark ends it or stands before white space; -1 for a text that is not ASCII. */
  readonly sentenceEnds: number;
}

/** Characters that many patterns cannot do without, one bit each; a text that is not ASCII has all of them. */
export const mark = {
  digit: 1 << 0, lineBreak: 1 << 1, backslash: 1 << 2, quote: 1 << 3, backtick: 1 << 4, equals: 1 << 5, angle: 1 << 6, round: 1 << 7, square: 1 << 8, curly: 1 << 9, bar: 1 << 10, colon: 1 << 11,
  semicolon: 1 << 12, hash: 1 << 13, tilde: 1 << 14, dollar: 1 << 15, dash: 1 << 16, slash: 1 << 17, question: 1 << 18,
} as const;

const marked: { readonly [Kind in keyof typeof mark]: string } = {
  digit: '0123456789', lineBreak: '\n', backslash: '\\', quote: '"', backtick: '`', equals: '=', angle: '<>', round: '()', square: '[]', curly: '{}', bar: '|', colon: ':',
  semicolon: ';', hash: '#', tilde: '~', dollar: '$', dash: '-', slash: '/', question: '?',
};

const ascii = 128;
const marksOf = new Int32Array(ascii);
for (const [kind, chars] of Object.entries(marked)) for (const char of chars) marksOf[char.charCodeAt(0)] = mark[kind as keyof typeof mark];

const keyLetters = 3;
/** The number of a need that is a word, by its first three letters, `a` to `z` as the digits 1 to 26; 0 for none. */
const needOf = new Uint16Array(27 ** keyLetters);
/** Bits of the patterns that a need opens, by its number: the first thirty-two patterns, and the others. */
const needFirst: number[] = [0];
const needSecond: number[] = [0];
/** The same for ASCII characters. */
const charFirst = new Int32Array(ascii);
const charSecond = new Int32Array(ascii);

/** Every gated pattern there is; at most 64. */
export const gatedPatterns: Gated[] = [];

/**
 * Puts a gate before a pattern. `needs` names, between spaces, words and characters; every match of the pattern in ASCII text contains one of them.
 * A word must be found where a word begins, and only its first three letters count.
 */
export function gated(pattern: RegExp, needs: string): Gated {
  const place = gatedPatterns.length;
  const isFirst = place < 32;
  for (const need of needs.split(' ')) {
    const isWord = /^[a-z]/.test(need);
    const table = isWord ? (isFirst ? needFirst : needSecond) : isFirst ? charFirst : charSecond;
    const at = isWord ? numberOf(need) : need.charCodeAt(0);
    table[at] = (table[at] as number) | (1 << (place & 31));
  }
  const entry = { pattern, place };
  gatedPatterns.push(entry);
  return entry;
}

function numberOf(word: string): number {
  let key = 0;
  for (let index = 0; index < Math.min(word.length, keyLetters); index++) key = key * 27 + word.charCodeAt(index) - 96;
  if (needOf[key] === 0) {
    needOf[key] = needFirst.push(0) - 1;
    needSecond.push(0);
  }
  return needOf[key] as number;
}

/** A text that is not ASCII may match all patterns. */
const unread: TextScan = { first: -1, second: -1, marks: -1, isAscii: false, sentenceEnds: -1 };

/** Reads a text once: which patterns may match it, and what stands in it. */
export function scanText(text: string): TextScan {
  let first = 0;
  let second = 0;
  let marks = 0;
  let sentenceEnds = 0;
  let key = 0;
  let letters = 0;
  let endsSentence = false;
  for (let index = 0; index <= text.length; index++) {
    // The end of a text ends its last word and its last sentence as a space would.
    const char = index < text.length ? text.charCodeAt(index) : 32;
    const lower = char | 32;
    if (lower >= 97 && lower <= 122) {
      if (++letters <= keyLetters) key = key * 27 + lower - 96;
      endsSentence = false;
      continue;
    }
    if (char >= ascii) return unread;
    if (letters > 0) {
      const need = needOf[key] as number;
      first |= needFirst[need] as number;
      second |= needSecond[need] as number;
      key = letters = 0;
    }
    if (char === 32 || (char <= 13 && char >= 9)) {
      if (endsSentence) sentenceEnds++;
      endsSentence = false;
      if (char === 32) continue;
    } else endsSentence = char === 46 || char === 63 || char === 33;
    first |= charFirst[char] as number;
    second |= charSecond[char] as number;
    marks |= marksOf[char] as number;
    // A word that begins with a figure is nobody's need.
    if (char === 95 || (char >= 48 && char <= 57)) letters = keyLetters + 1;
  }
  return { first, second, marks, isAscii: true, sentenceEnds };
}

/** True when a pattern may match the text that was scanned. */
export function mayMatch({ place }: Gated, { first, second }: TextScan): boolean {
  return ((place < 32 ? first : second) & (1 << (place & 31))) !== 0;
}

/** How often a global pattern matches. */
export function countMatches(gate: Gated, scan: TextScan, text: string): number {
  return mayMatch(gate, scan) ? (text.match(gate.pattern)?.length ?? 0) : 0;
}
