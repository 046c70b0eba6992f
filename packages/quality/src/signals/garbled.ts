import { looksLikeCode } from '../text/code-language.ts';
import { countMatches, gated } from '../text/gates.ts';
import { viewSignal } from './define-signal.ts';

const vowel = /[aeiouyàâäáãåæéèêëíìîïóòôöõøœúùûüýÿąęăāěēėĩīįıōőơũūůűųư\u1EA0-\u1EF9аеёиоуыэюяєії]/iu;
const latinOrCyrillic = /^[\p{Script=Latin}\p{Script=Cyrillic}]+$/u;
const consonantRun = /[bcdfghjklmnpqrstvwxzбвгджзклмнпрстфхцчшщ]{6}/iu;
/** Control characters; all else that is odd is not ASCII. */
const control = Array.from({ length: 32 }, (_, code) => String.fromCharCode(code)).filter((char) => !/\s/.test(char)).join(' ');
const odd = gated(/[\uFFFD\u0000-\u0008\u000E-\u001F]|Ã[\u0080-\u00BF]|â€|ã[‚ƒ€\u0080-\u0083]|[ÐÑØÙ][\u0080-\u00BF€‚ƒ„…†‡ˆ‰Š‹Œ‘’“”•–—˜™š›œ]|Â[\u00A0-\u00BF]/g, control);

const ascii = 128;
/** 1 for the vowels of ASCII, 2 for its consonants. */
const letterOf = new Uint8Array(ascii);
for (const char of 'aeiouy') letterOf[char.charCodeAt(0)] = 1;
for (const char of 'bcdfghjklmnpqrstvwxz') letterOf[char.charCodeAt(0)] = 2;
/** Consonants in a row that no word has. */
const tooMany = 6;

/** What a word looks like; `other` for what is not all letters. */
type WordForm = 'usual' | 'no vowel' | 'consonants' | 'other';

function formOf(word: string): WordForm {
  let run = 0;
  let longest = 0;
  let vowels = 0;
  for (let index = 0; index < word.length; index++) {
    const letter = letterOf[word.charCodeAt(index)] as number;
    if (letter === 0) return 'other';
    if (letter === 1) {
      vowels++;
      run = 0;
    } else if (++run > longest) longest = run;
  }
  return vowels === 0 ? 'no vowel' : longest >= tooMany ? 'consonants' : 'usual';
}

function formOfOther(word: string): WordForm {
  if (!latinOrCyrillic.test(word)) return 'other';
  return !vowel.test(word) ? 'no vowel' : consonantRun.test(word) ? 'consonants' : 'usual';
}

/** What markup and formulas write without a vowel. */
const spelledSo = new Set(['sqrt', 'https', 'http', 'href', 'html']);

/** Words that are looked at; a garbled draft is garbled from the start. */
const sampled = 80;

/** Share of words that no language writes: no vowel, six consonants in a row, or broken characters; nothing for a text without words. */
export const garbled = viewSignal('garbled', ({ words, text, scan, textScan, request }) => {
  if (request.asksCode || looksLikeCode(text, textScan)) return undefined;
  const looked = Math.min(words.length, sampled);
  let letters = 0;
  let bad = 0;
  let small = 0;
  let smallBad = 0;
  for (let index = 0; index < looked; index++) {
    const word = words[index] ?? '';
    if (word.length < 3) continue;
    const form = scan.isAscii ? formOf(word) : formOfOther(word);
    if (form === 'other' || spelledSo.has(word)) continue;
    if (word.length === 3) {
      small++;
      if (form === 'no vowel') smallBad++;
      continue;
    }
    letters++;
    if (form !== 'usual') bad++;
  }
  const broken = countMatches(odd, textScan, text.slice(0, 4000));
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
