import { countMatches, gated, type Gated, mark, type TextScan } from '../text/gates.ts';
import { viewSignal } from './define-signal.ts';

/** Lines of a text that are looked at for structure. */
const cap = 6000;

function counted(pattern: Gated, scan: TextScan, text: string): number {
  return countMatches(pattern, scan, text.length <= cap ? text : text.slice(0, cap));
}

function count(pattern: RegExp, text: string): number {
  return text.slice(0, cap).match(pattern)?.length ?? 0;
}

const item = gated(/^[ \t]{0,8}(?:[-*•]|\d{1,2}[.)])[ \t]/gm, '- * 0 1 2 3 4 5 6 7 8 9');
const firstItem = new RegExp(item.pattern.source);
/** List items, as a logarithm. */
export const listItems = viewSignal('list-items', ({ prose, scan }) => {
  if ((scan.marks & mark.lineBreak) === 0) return firstItem.test(prose) ? Math.log1p(1) : 0;
  return Math.log1p(counted(item, scan, prose));
});

/** Share of the text that stands in code blocks, 0 to 1. */
export const codeShare = viewSignal('code-share', ({ text }) => {
  if (!text.includes('```') || /^\s{0,8}```/.test(text)) return 0;
  const parts = text.split('```');
  let inside = 0;
  for (let index = 1; index < parts.length; index += 2) inside += parts[index]?.length ?? 0;
  return inside / text.length;
});

/** Words per sentence. */
export const sentenceLength = viewSignal('sentence-length', ({ prose, wordCount, scan }) => (wordCount < 8 ? undefined : Math.log(wordCount / (1 + (scan.isAscii && prose.length <= cap ? scan.sentenceEnds : count(/[.!?。！？](?:\s|$)/g, prose))))));

const assumption = gated(/\b(?:assum\w+|suppose|let(?:['’]s| us) (?:say|consider|try|assume)|if we (?:take|let)|guess\w*|trial and error|by inspection|pattern|observe|notice)\b/gi, 'assum suppose let if guess trial inspection pattern observe notice');
/** Guesses and assumptions, at most 5. */
export const assumptions = viewSignal('assumptions', ({ prose, scan }) => Math.min(5, counted(assumption, scan, prose)));

const formula = gated(/\\[([]|\$\$?|\\[a-z]{3,}/g, '\\ $');
/** Formulas marked as such, as a logarithm. */
export const formulas = viewSignal('formulas', ({ prose, scan }) => Math.log1p(counted(formula, scan, prose)));

/** Equals signs, as a logarithm: how much is computed. */
export const equalsSigns = viewSignal('equals-signs', ({ prose }) => Math.log1p(occurrences(prose, '=')));

/** Line breaks, as a logarithm. */
export const lineCount = viewSignal('lines', ({ prose }) => Math.log1p(occurrences(prose, '\n')));

/** Characters of the last line, as a logarithm: a conclusion that stands alone is short. */
export const lastLine = viewSignal('last-line', ({ prose }) => {
  const text = prose.trimEnd();
  return Math.log1p(text.length - 1 - text.lastIndexOf('\n'));
});

function occurrences(text: string, char: string): number {
  let found = 0;
  for (let at = text.indexOf(char); at >= 0; at = text.indexOf(char, at + 1)) found++;
  return found;
}
