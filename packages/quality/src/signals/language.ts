import { guessLanguage, scriptOf } from '../text/language.ts';
import { gated, mayMatch } from '../text/gates.ts';
import type { RequestView } from '../text/request-view.ts';
import { viewSignal } from './define-signal.ts';

const otherLanguageAsked = gated(/\b(?:translat|übersetz|tradui|traduc|tradurre|перевед|in (?:english|german|french|spanish|italian|portuguese|dutch|polish|russian|ukrainian|chinese|japanese|korean|arabic|hindi|hebrew|greek|thai|turkish)|auf (?:deutsch|englisch|französisch)|en (?:español|inglés|français|anglais|allemand))|翻译|翻訳|번역/i, 'translat tradui traduc tradurre in auf en');

/** True when a request asks for another language than its own. */
export function translates(request: RequestView): boolean {
  const { pattern } = otherLanguageAsked;
  return (mayMatch(otherLanguageAsked, request.gates) && pattern.test(request.text)) || (request.instructions !== '' && pattern.test(request.instructions));
}

/** Words a draft has at least before its language is doubted. */
const enough = 8;

/** 1 when the draft is in another script or language than the request and no other was asked for, 0 when it is not; nothing when either is too short to tell. */
export const wrongLanguage = viewSignal('wrong-language', ({ request, prose, words, text }) => {
  if (translates(request) || request.asksCode) return undefined;
  const asked = scriptOf(request.question);
  const given = scriptOf(prose);
  if (!asked || !given) return undefined;
  if (asked !== given) {
    if (asked === 'kana' && given === 'han') return text.length > 40 ? 1 : undefined;
    return prose.length >= 12 || given !== 'latin' ? 1 : undefined;
  }
  if (asked !== 'latin' && asked !== 'cyrillic') return 0;
  if (words.length < enough || request.words.length < 4) return undefined;
  const from = guessLanguage(request.words);
  const to = guessLanguage(words);
  if (!from || !to || from.share < 0.2) return undefined;
  return from.language !== to.language && to.share >= 0.12 ? 1 : 0;
});
