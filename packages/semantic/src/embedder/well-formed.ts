/** The text with each lone surrogate replaced by U+FFFD, so that every tokenizer and encoder can take it. */
export function toWellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
