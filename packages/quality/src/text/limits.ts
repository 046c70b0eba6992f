/** Characters of a draft that are looked at: its beginning and its end. Longer drafts are judged by these, so that work stays bounded. */
export const draftHead = 5_000;
/** See {@link draftHead}. */
export const draftTail = 3_000;
/** Characters of a request that are looked at, half from the beginning and half from the end. */
export const requestCap = 3_000;

/** The text itself, or its beginning and end with a line break between them when it is longer than both together. */
export function clip(text: string, head: number, tail: number): string {
  if (text.length <= head + tail) return text;
  return `${text.slice(0, head)}\n${text.slice(text.length - tail)}`;
}
