/** One of the answers a request offers. */
export interface Option {
  /** Upper-case letter. */
  readonly letter: string;
  readonly text: string;
}

const line = /^[ \t]*\(?([A-Z])[.):][ \t]+(\S[^\n]{0,400})$/gm;

/** The lettered options of a multiple-choice question: the last run `A, B, …` of lines, empty when there are fewer than two. */
export function optionsOf(text: string): Option[] {
  let run: Option[] = [];
  let best: Option[] = [];
  line.lastIndex = 0;
  for (let match = line.exec(text); match; match = line.exec(text)) {
    const letter = match[1] ?? '';
    if (letter === 'A') run = [];
    else if (letter.charCodeAt(0) !== 65 + run.length) continue;
    run.push({ letter, text: (match[2] ?? '').trim() });
    if (run.length >= 2) best = run;
  }
  return best;
}

const inline = /(?:^|[\s:;,?.])\(?([A-H]|(?<=\()[a-h])\)\s{1,3}([^\s()][^()\n]{0,120}?)(?=[\s;,]{1,3}(?:or |and )?\(?[A-Ha-h]\)\s|[.?!]|\s*$)/g;

/** Lettered options that stand in a line, `(A) one (B) two` or `(a) one (b) two`, empty when there are fewer than two. */
export function inlineOptionsOf(text: string): Option[] {
  if (!/B\)|\(b\)/.test(text)) return [];
  const run: Option[] = [];
  for (const match of text.matchAll(inline)) {
    const letter = (match[1] ?? '').toUpperCase();
    if (letter.charCodeAt(0) === 65 + run.length) run.push({ letter, text: (match[2] ?? '').trim() });
  }
  return run.length >= 2 ? run : [];
}
