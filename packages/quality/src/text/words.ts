/** Scripts that do not put spaces between words. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const unspacedAll = new RegExp(unspaced.source, 'gu');
const asciiOnly = /^[\x00-\x7f]*$/;
const asciiWord = /[a-z0-9]+(?:['\-.][a-z0-9]+)*/g;
const spacedWord = /[\p{L}\p{N}]+(?:['’\-.][\p{L}\p{N}]+)*/gu;

/** Characters that a segmenter is given; it is a hundred times slower than a pattern, and the rest is estimated. */
const segmentCap = 300;

let segmenter: Intl.Segmenter | undefined;

/** The words of a text in lower case, in order. Text of scripts without spaces is split with `Intl.Segmenter`, at most 300 characters of it. */
export function wordsOf(text: string): string[] {
  if (asciiOnly.test(text)) return text.toLowerCase().match(asciiWord) ?? [];
  if (!unspaced.test(text)) return text.toLowerCase().match(spacedWord) ?? [];
  segmenter ??= new Intl.Segmenter(undefined, { granularity: 'word' });
  const words: string[] = [];
  for (const piece of segmenter.segment(text.slice(0, segmentCap))) if (piece.isWordLike) words.push(piece.segment.toLowerCase());
  return words;
}

/** How many words a text has, given what {@link wordsOf} found; for scripts without spaces two characters count as one word. */
export function countWords(text: string, words: readonly string[]): number {
  if (asciiOnly.test(text) || !unspaced.test(text)) return words.length;
  const dense = text.match(unspacedAll)?.length ?? 0;
  const rest = text.replace(unspacedAll, ' ').match(spacedWord)?.length ?? 0;
  return Math.ceil(dense / 2) + rest;
}
