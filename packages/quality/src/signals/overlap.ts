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
  const given = contentWords(words, 2000);
  let taken = 0;
  for (const word of asked) if (given.has(word)) taken++;
  return taken / asked.size;
});

/** Different words over all words of the first hundred: low when a text turns in circles. Nothing for fewer than twenty words. */
export const variety = viewSignal('variety', ({ words }) => {
  if (words.length < 20) return undefined;
  const head = words.slice(0, 100);
  return new Set(head).size / head.length;
});
