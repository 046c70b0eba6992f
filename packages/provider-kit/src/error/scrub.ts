/** What must never appear in an error. */
export interface Secrets {
  /** Keys and tokens, as given in the options. */
  readonly keys: readonly string[];
  /** Texts of the request: prompts, tool results, earlier answers. Asked for only when there is an error. */
  readonly texts: () => readonly string[];
}

/** Most characters of a vendor's own words that an error repeats. */
export const maxQuotedCharacters = 300;

/** Length from which a run of characters shared with the prompt counts as a quotation of it. */
const quotationLength = 12;

/** Shapes that keys and tokens of well-known vendors have, and credentials inside URLs. */
const keyShapes = [
  /\b(?:sk|pk|gsk|hf|xai|tgp|key|ghp|r8)[-_][\w*.-]{6,200}/gi,
  /\bbearer\s+[^\s"',;]{1,500}/gi,
  /\/\/[^\s/@]{1,200}@/g,
  /\b(?:api[-_]?key|token|key|secret|authorization)=[^\s&"']{1,500}/gi,
];

/** Gives back a vendor's words without keys and without anything quoted from the request, cut at `maxQuotedCharacters`. */
export function scrub(text: string, secrets: Secrets): string {
  let clean = text.slice(0, maxQuotedCharacters * 4);
  for (const key of secrets.keys) if (key.length > 3) clean = clean.replaceAll(key, '[key]');
  for (const shape of keyShapes) clean = clean.replace(shape, '[key]');
  clean = hideQuotations(clean, secrets.texts());
  return clean.length > maxQuotedCharacters ? `${clean.slice(0, maxQuotedCharacters)}…` : clean;
}

/** Replaces every run of characters that also stands in one of the texts. */
function hideQuotations(words: string, texts: readonly string[]): string {
  const hidden = new Uint8Array(words.length);
  const windows = new Map<string, number[]>();
  for (let start = 0; start + quotationLength <= words.length; start++) {
    const window = words.slice(start, start + quotationLength);
    const known = windows.get(window);
    if (known) known.push(start);
    else windows.set(window, [start]);
  }
  for (const text of texts) {
    const whole = text.trim();
    if (whole.length >= 3 && whole.length < quotationLength) hideWhole(words, whole, hidden);
    if (windows.size === 0) continue;
    for (let start = 0; start + quotationLength <= text.length; start++) {
      for (const at of windows.get(text.slice(start, start + quotationLength)) ?? []) hidden.fill(1, at, at + quotationLength);
    }
  }
  let clean = '';
  for (let index = 0; index < words.length; index++) {
    if (!hidden[index]) clean += words[index];
    else if (!hidden[index - 1]) clean += '[…]';
  }
  return clean;
}

/** Short texts are hidden where they stand as a word of their own. */
function hideWhole(words: string, text: string, hidden: Uint8Array): void {
  const isPartOfWord = (character: string | undefined) => character !== undefined && /[\p{L}\p{N}]/u.test(character);
  for (let at = words.indexOf(text); at !== -1; at = words.indexOf(text, at + 1)) {
    if (!isPartOfWord(words[at - 1]) && !isPartOfWord(words[at + text.length])) hidden.fill(1, at, at + text.length);
  }
}
