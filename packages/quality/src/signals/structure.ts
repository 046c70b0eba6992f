import { viewSignal } from './define-signal.ts';

/** Lines of a text that are looked at for structure. */
const cap = 6000;

function count(pattern: RegExp, text: string): number {
  return text.slice(0, cap).match(pattern)?.length ?? 0;
}

/** List items, as a logarithm. */
export const listItems = viewSignal('list-items', ({ prose }) => Math.log1p(count(/^[ \t]{0,8}(?:[-*•]|\d{1,2}[.)])[ \t]/gm, prose)));

/** Headings and bold passages, as a logarithm. */
export const headings = viewSignal('headings', ({ prose }) => Math.log1p(count(/^#{1,6} |\*\*[^*\n]{1,80}\*\*/gm, prose)));

/** Share of the text that stands in code blocks, 0 to 1. */
export const codeShare = viewSignal('code-share', ({ text }) => {
  if (!text.includes('```') || /^\s{0,8}```/.test(text)) return 0;
  const parts = text.split('```');
  let inside = 0;
  for (let index = 1; index < parts.length; index += 2) inside += parts[index]?.length ?? 0;
  return inside / text.length;
});

/** Words per sentence. */
export const sentenceLength = viewSignal('sentence-length', ({ prose, wordCount }) => (wordCount < 8 ? undefined : Math.log(wordCount / (1 + count(/[.!?。！？](?:\s|$)/g, prose)))));

/** Words that mark steps of a derivation, per hundred words. */
export const steps = viewSignal('steps', ({ prose, wordCount }) => (100 * count(/\b(?:step \d|first|second|next|then|finally|therefore|thus|hence|so|because|since)\b/gi, prose)) / Math.max(20, wordCount));

/** How often the text checks itself: verify, check, substitute back; at most 5. */
export const checks = viewSignal('checks', ({ prose }) => Math.min(5, count(/\b(?:verif\w+|check(?:ing)?|confirm\w*|substitut\w+ back|double-check)\b/gi, prose)));

/** Approximations per hundred words. */
export const approximations = viewSignal('approximations', ({ prose, wordCount }) => (100 * count(/≈|\\approx|\bapprox\w*|\bround(?:ed|ing)?\b|\bnearly\b/gi, prose)) / Math.max(20, wordCount));

/** Guesses and assumptions, at most 5. */
export const assumptions = viewSignal('assumptions', ({ prose }) => Math.min(5, count(/\b(?:assum\w+|suppose|let(?:['’]s| us) (?:say|consider|try|assume)|if we (?:take|let)|guess\w*|trial and error|by inspection|pattern|observe|notice)\b/gi, prose)));

/** Formulas marked as such, as a logarithm. */
export const formulas = viewSignal('formulas', ({ prose }) => Math.log1p(count(/\\[([]|\$\$?|\\[a-z]{3,}/g, prose)));
