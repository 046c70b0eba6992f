import { countMatches, gated } from '../text/gates.ts';
import { viewSignal } from './define-signal.ts';

const vowel = /[aeiouyàâäáãåæéèêëíìîïóòôöõøœúùûüýÿąęăāěēėĩīįıōőơũūůűųư\u1EA0-\u1EF9аеёиоуыэюяєії]/iu;
const latinOrCyrillic = /^[\p{Script=Latin}\p{Script=Cyrillic}]+$/u;
const consonantRun = /[bcdfghjklmnpqrstvwxzбвгджзклмнпрстфхцчшщ]{6}/iu;
/** Control characters; all else that is odd is not ASCII. */
const control = Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).filter((char) => !/\s/.test(char)).join(' ');
const odd = gated(/[\uFFFD\u0000-\u0008\u000E-\u001F]|Ã[\u0080-\u00BF]|â€|ã[‚ƒ€\u0080-\u0083]|[ÐÑØÙ][\u0080-\u00BF€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œ]|Â[\u00A0-\u00BF]/g, control);

/** What markup and formulas write without a vowel. */
const spelledSo = new Set(['sqrt', 'https', 'http', 'href', 'html']);

/** Words that are looked at; a garbled draft is garbled from the start. */
const sampled = 80;

/** Share of words that no language writes: no vowel, six consonants in a row, or broken characters; nothing for a text without words. */
export const garbled = viewSignal('garbled', ({ words, text, textGates, request }) => {
  if (request.asksCode) return undefined;
  const looked = Math.min(words.length, sampled);
  let letters = 0;
  let bad = 0;
  let small = 0;
  let smallBad = 0;
  for (let index = 0; index < looked; index++) {
    const word = words[index] ?? '';
    if (word.length < 3 || !latinOrCyrillic.test(word) || spelledSo.has(word)) continue;
    if (word.length === 3) {
      small++;
      if (!vowel.test(word)) smallBad++;
      continue;
    }
    letters++;
    if (!vowel.test(word) || consonantRun.test(word)) bad++;
  }
  const broken = countMatches(odd, textGates, text.slice(0, 4000));
  // Abbreviations have no vowels either, but no text is made of them.
  if (smallBad >= 4 && smallBad > 0.3 * small && small > letters) return smallBad / small;
  if (letters === 0) return broken > 0 ? Math.min(1, broken / 5) : symbolsOnly(text);
  return Math.min(1, bad / letters + broken / Math.max(10, looked));
});

/** 1 for a longer text that is nearly all punctuation, otherwise nothing. */
function symbolsOnly(text: string): number | undefined {
  const dense = text.slice(0, 2000).replace(/\s+/g, '');
  if (dense.length < 20) return undefined;
  const meaningful = dense.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  return meaningful / dense.length < 0.3 ? 1 : undefined;
}
