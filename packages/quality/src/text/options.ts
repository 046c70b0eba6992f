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
