/** Sentences are joined up to about this many characters: a few lines, what one vector can stand for. */
export const CHUNK_CHARACTERS = 240;
/** Most chunks a text is split into; longer texts get longer chunks. */
export const MOST_CHUNKS = 64;

const sentenceEnds = new Set(['.', '!', '?', '。', '！', '？', '\n', ';']);

/** The text in order as runs of whole sentences. At most 64 chunks, none blank. Linear in the length of the text. */
export function splitChunks(text: string): string[] {
  const size = Math.max(CHUNK_CHARACTERS, Math.ceil(text.length / (MOST_CHUNKS - 1)));
  const chunks: string[] = [];
  let start = 0;
  let end = 0;
  const close = (to: number): void => {
    const chunk = text.slice(start, to).trim();
    if (chunk !== '') chunks.push(chunk);
    start = to;
    end = to;
  };
  for (let index = 0; index < text.length; index++) {
    const boundary = sentenceEnds.has(text[index] as string) && !/[\p{L}\p{N}]/u.test(text[index + 1] ?? ' ');
    if (index + 1 - start >= size) close(end > start ? end : index + 1);
    if (boundary) end = index + 1;
  }
  close(text.length);
  return chunks.length <= MOST_CHUNKS ? chunks : [...chunks.slice(0, MOST_CHUNKS - 1), chunks.slice(MOST_CHUNKS - 1).join(' ')];
}

/** Each sentence alone, for the best match within a text; at most 64, later ones joined. */
export function splitSentences(text: string): string[] {
  const sentences: string[] = [];
  for (const part of text.split(/[.!?](?=\s)|[\n。！？]/u)) {
    const sentence = part.trim();
    if (sentence === '') continue;
    if (sentences.length < MOST_CHUNKS) sentences.push(sentence);
    else sentences[MOST_CHUNKS - 1] += `. ${sentence}`;
  }
  return sentences;
}
