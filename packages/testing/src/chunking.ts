import type { SeededRandom } from './random.ts';

/** How a text is cut: into the pieces given, into pieces of so many UTF-16 units, or left whole. */
export type Chunking = readonly string[] | number | 'whole' | 'words';

/** Cuts a text; the pieces joined are the text again. Pieces by number may end inside a surrogate pair, as real streams do not: ask for words then. */
export function chunkText(text: string, chunking: Chunking = 'whole'): readonly string[] {
  if (typeof chunking === 'object') return chunking;
  if (text === '') return [];
  if (chunking === 'whole') return [text];
  if (chunking === 'words') return text.match(/\s*\S+|\s+$/gu) ?? [text];
  if (!(chunking >= 1)) throw new RangeError('chunkText: a chunk has at least one character');
  const chunks: string[] = [];
  for (let start = 0; start < text.length; start += chunking) chunks.push(text.slice(start, start + chunking));
  return chunks;
}

/** Cuts a text at random places, never inside a character, empty pieces now and then; the pieces joined are the text again. */
export function randomChunks(text: string, random: SeededRandom): readonly string[] {
  const characters = Array.from(text);
  const longest = random.pick([1, 3, 12, 80]);
  const chunks: string[] = [];
  for (let start = 0; start < characters.length; ) {
    const end = start + random.integer(0, longest);
    chunks.push(characters.slice(start, end).join(''));
    start = end;
  }
  return chunks;
}

/** Cuts bytes into pieces that end at the offsets given, wherever they fall, inside a UTF-8 character too. */
export function splitBytes(bytes: Uint8Array, offsets: readonly number[]): readonly Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let start = 0;
  for (const offset of [...offsets].sort((a, b) => a - b)) {
    if (offset <= start || offset >= bytes.length) continue;
    pieces.push(bytes.subarray(start, offset));
    start = offset;
  }
  pieces.push(bytes.subarray(start));
  return pieces;
}
