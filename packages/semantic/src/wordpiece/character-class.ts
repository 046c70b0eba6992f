/** What a UTF-16 code unit below 128 is to the word splitter. */
export const CharacterClass = { space: 0, word: 1, punctuation: 2, dropped: 3 } as const;

/** Class of each ASCII code: white space parts words, punctuation stands alone, other control characters vanish. */
export const asciiClasses: Uint8Array = createAsciiClasses();

function createAsciiClasses(): Uint8Array {
  const classes = new Uint8Array(128).fill(CharacterClass.word);
  for (let code = 0; code < 128; code++) {
    const space = code === 32 || code === 9 || code === 10 || code === 13;
    const alphanumeric = (code >= 48 && code <= 57) || (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
    if (space) classes[code] = CharacterClass.space;
    else if (code < 32 || code === 127) classes[code] = CharacterClass.dropped;
    else if (!alphanumeric) classes[code] = CharacterClass.punctuation;
  }
  return classes;
}

/** Blocks of Han characters, each of which is a word of its own to BERT's tokenizer. */
const hanBlocks: readonly (readonly [number, number])[] = [
  [0x4e00, 0x9fff],
  [0x3400, 0x4dbf],
  [0x20000, 0x2a6df],
  [0x2a700, 0x2b73f],
  [0x2b740, 0x2b81f],
  [0x2b820, 0x2ceaf],
  [0xf900, 0xfaff],
  [0x2f800, 0x2fa1f],
];

/** True for the Han characters that BERT's tokenizer sets apart. */
export function isHan(codePoint: number): boolean {
  return codePoint >= 0x3400 && hanBlocks.some(([first, last]) => codePoint >= first && codePoint <= last);
}
