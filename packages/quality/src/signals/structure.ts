import { countMatches, gated, type Gated } from '../text/gates.ts';
import { viewSignal } from './define-signal.ts';

/** Lines of a text that are looked at for structure. */
const cap = 6000;

function counted(pattern: Gated, gates: number, text: string): number {
  return countMatches(pattern, gates, text.length <= cap ? text : text.slice(0, cap));
}

function count(pattern: RegExp, text: string): number {
  return text.slice(0, cap).match(pattern)?.length ?? 0;
}

const item = gated(/^[ \t]{0,8}(?:[-*•]|\d{1,2}[.)])[ \t]/gm, '- * 0 1 2 3 4 5 6 7 8 9');
/** List items, as a logarithm. */
export const listItems = viewSignal('list-items', ({ prose, gates }) => Math.log1p(counted(item, gates, prose)));

const heading = gated(/^#{1,6} |\*\*[^*\n]{1,80}\*\*/gm, '# *');
/** Headings and bold passages, as a logarithm. */
export const headings = viewSignal('headings', ({ prose, gates }) => Math.log1p(counted(heading, gates, prose)));

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

const step = gated(/\b(?:step \d|first|second|next|then|finally|therefore|thus|hence|so|because|since)\b/gi, 'step first second next then finally therefore thus hence so because since');
/** Words that mark steps of a derivation, per hundred words. */
export const steps = viewSignal('steps', ({ prose, gates, wordCount }) => (100 * counted(step, gates, prose)) / Math.max(20, wordCount));

const check = gated(/\b(?:verif\w+|check(?:ing)?|confirm\w*|substitut\w+ back|double-check)\b/gi, 'verif check confirm substitut double');
/** How often the text checks itself: verify, check, substitute back; at most 5. */
export const checks = viewSignal('checks', ({ prose, gates }) => Math.min(5, counted(check, gates, prose)));

const approximation = gated(/≈|\\approx|\bapprox\w*|\bround(?:ed|ing)?\b|\bnearly\b/gi, '\\ approx round nearly');
/** Approximations per hundred words. */
export const approximations = viewSignal('approximations', ({ prose, gates, wordCount }) => (100 * counted(approximation, gates, prose)) / Math.max(20, wordCount));

const assumption = gated(/\b(?:assum\w+|suppose|let(?:['’]s| us) (?:say|consider|try|assume)|if we (?:take|let)|guess\w*|trial and error|by inspection|pattern|observe|notice)\b/gi, 'assum suppose let if guess trial by pattern observe notice');
/** Guesses and assumptions, at most 5. */
export const assumptions = viewSignal('assumptions', ({ prose, gates }) => Math.min(5, counted(assumption, gates, prose)));

const formula = gated(/\\[([]|\$\$?|\\[a-z]{3,}/g, '\\ $');
/** Formulas marked as such, as a logarithm. */
export const formulas = viewSignal('formulas', ({ prose, gates }) => Math.log1p(counted(formula, gates, prose)));
