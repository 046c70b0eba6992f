import { translates } from '../text/asked-language.ts';
import { viewSignal } from './define-signal.ts';

const stop = new Set(
  'the a an and or of to in on at for with is are was were be been it its this that these those as by from what which who how when where why do does did can could would should will may i you he she they we my your his her their our me not no if then than so there have has had about into please give write explain tell list name question answer'.split(' '),
);

/** Letters of a word that are compared, so that endings do not count. */
const stem = 5;

function contentWords(words: readonly string[], most: number): Set<string> {
  const found = new Set<string>();
  for (const word of words) {
    if (word.length < 3 || stop.has(word)) continue;
    found.add(word.slice(0, stem));
    if (found.size >= most) break;
  }
  return found;
}

/** Share of the question's content words that the draft takes up, 0 to 1; nothing for fewer than three such words or a translation. */
export const coverage = viewSignal('coverage', ({ request, words }) => {
  if (translates(request)) return undefined;
  const asked = contentWords(request.words, 60);
  if (asked.size < 3 || words.length === 0) return undefined;
  beginnings.fill(0);
  for (const word of asked) beginnings[beginningOf(word)] = 1;
  const taken = new Set<string>();
  for (const word of words) {
    if (beginnings[beginningOf(word)] === 0) continue;
    const begins = word.slice(0, stem);
    if (asked.has(begins) && word.length >= 3 && !stop.has(word)) taken.add(begins);
  }
  return taken.size / asked.size;
});

/** Marks of two first letters: most words of a draft begin like none of the question and need not be looked up. */
const beginnings = new Uint8Array(1024);

function beginningOf(word: string): number {
  return (word.charCodeAt(0) * 31 + word.charCodeAt(1)) & 1023;
}

/** Different words over all words of the first hundred: low when a text turns in circles. Nothing for fewer than twenty words. */
export const variety = viewSignal('variety', ({ words }) => {
  if (words.length < 20) return undefined;
  const head = words.slice(0, 100);
  return new Set(head).size / head.length;
});
