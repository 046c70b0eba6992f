/** A pattern that is run only on texts in which a word or a character stands that its matches need. */
export interface Gated {
  readonly pattern: RegExp;
  readonly bit: number;
}

const keyLetters = 3;
/** Bits of the patterns that need a word, by its first three letters, `a` to `z` as the digits 1 to 26. */
const byWord = new Int32Array(27 ** keyLetters);
/** Bits of the patterns that need an ASCII character. */
const byChar = new Int32Array(128);

/** Every gated pattern there is; at most 32. */
export const gatedPatterns: Gated[] = [];

/**
 * Puts a gate before a pattern. `needs` names, between spaces, words and characters; every match of the pattern in ASCII text contains one of them.
 * A word must be found where a word begins, and only its first three letters count.
 */
export function gated(pattern: RegExp, needs: string): Gated {
  const entry = { pattern, bit: 1 << gatedPatterns.length };
  for (const need of needs.split(' ')) {
    const isWord = /^[a-z]/.test(need);
    const [table, at] = isWord ? [byWord, placeOf(need)] : [byChar, need.charCodeAt(0)];
    table[at] = (table[at] as number) | entry.bit;
  }
  gatedPatterns.push(entry);
  return entry;
}

function placeOf(word: string): number {
  let key = 0;
  for (let index = 0; index < Math.min(word.length, keyLetters); index++) key = key * 27 + word.charCodeAt(index) - 96;
  return key;
}

/** Bits of the patterns that may match a text, found in one pass; all of them for a text that is not ASCII. */
export function openGates(text: string): number {
  let open = 0;
  let key = 0;
  let length = 0;
  for (let index = 0; index < text.length; index++) {
    const char = text.charCodeAt(index);
    const lower = char | 32;
    if (lower >= 97 && lower <= 122) {
      if (++length <= keyLetters) key = key * 27 + lower - 96;
      if (length === keyLetters) open |= byWord[key] as number;
      continue;
    }
    if (char >= 128) return -1;
    open |= byChar[char] as number;
    if ((char >= 48 && char <= 57) || char === 95) {
      length = keyLetters + 1; // a word that begins with a figure is nobody's need
      continue;
    }
    if (length > 0 && length < keyLetters) open |= byWord[key] as number;
    key = length = 0;
  }
  return length > 0 && length < keyLetters ? open | (byWord[key] as number) : open;
}

/** True when a pattern may match the text whose gates these are. */
export function mayMatch({ bit }: Gated, gates: number): boolean {
  return (gates & bit) !== 0;
}

/** How often a global pattern matches. */
export function countMatches({ pattern, bit }: Gated, gates: number, text: string): number {
  return (gates & bit) === 0 ? 0 : (text.match(pattern)?.length ?? 0);
}
