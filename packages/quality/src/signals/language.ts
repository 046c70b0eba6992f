import { askedLanguage, translates } from '../text/asked-language.ts';
import { looksLikeCode, withoutCode } from '../text/code-language.ts';
import type { DraftView } from '../text/draft-view.ts';
import { guessLanguage, hasScript, scriptOf, shareOf } from '../text/language.ts';
import { wordsOf } from '../text/words.ts';
import { viewSignal } from './define-signal.ts';

/** Words a draft has at least before its language is doubted. */
const enough = 8;

/**
 * 1 when the draft is in another script or language than the request, or than the one that the request names for the answer; 0 when it is not. Nothing
 * when it is too short to tell.
 */
export const wrongLanguage = viewSignal('wrong-language', (view) => {
  const { request, prose, words, text, scan } = view;
  if (request.asksCode) return undefined;
  const named = askedLanguage(request);
  if (named !== undefined) return missesNamed(named, view);
  if (translates(request)) return undefined;
  const asked = scriptOf(request.question, request.scan.isAscii);
  const said = withoutCode(prose);
  const given = scriptOf(said, scan.isAscii);
  if (!asked || !given) return undefined;
  if (asked !== given) {
    if (hasScript(request.question, given) || (given === 'latin' && (hasScript(prose, asked) || looksLikeCode(text, view.textScan)))) return undefined;
    if (asked === 'kana' && given === 'han') return text.length > 40 ? 1 : undefined;
    return prose.length >= 12 || given !== 'latin' ? 1 : undefined;
  }
  if (asked !== 'latin' && asked !== 'cyrillic') return 0;
  if (words.length < enough || request.words.length < 4) return undefined;
  const from = guessLanguage(request.words);
  const to = guessLanguage(said === prose ? words : wordsOf(said));
  if (!from || !to || from.share < 0.2) return undefined;
  return from.language !== to.language && to.share >= 0.12 ? 1 : 0;
});

const scripts: { readonly [language: string]: string } = { ru: 'cyrillic', uk: 'cyrillic', zh: 'han', ja: 'kana', ko: 'hangul', ar: 'arabic', hi: 'devanagari' };

/** Words from which a draft that is all copied from the request was not translated, and from which its small words tell its language. */
const few = { copied: 3, told: 4 };

/** Whether a draft is not in the language named for it; a text about the answer may stand around it. */
function missesNamed(named: string, { request, prose, words }: DraftView): number | undefined {
  const script = scripts[named] ?? 'latin';
  const given = scriptOf(prose);
  if (given === undefined) return undefined;
  if (given !== script) return hasScript(prose, script) || (script === 'kana' && given === 'han') ? 0 : 1;
  if (words.length >= few.copied && request.words.length > words.length && isCopied(words, request.words)) return 1;
  if (script !== 'latin' && script !== 'cyrillic') return 0;
  const own = shareOf(words, named);
  const guess = words.length < few.told ? undefined : guessLanguage(words);
  if (guess && guess.language !== named && guess.share >= 0.12 && own < guess.share / 2) return 1;
  return own > 0 ? 0 : undefined;
}

/** True when the words of a draft stand in the request, one after the other. */
function isCopied(words: readonly string[], asked: readonly string[]): boolean {
  for (let start = 0; start + words.length <= asked.length; start++) if (words.every((word, index) => asked[start + index] === word)) return true;
  return false;
}
