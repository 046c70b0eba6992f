import { gated, mayMatch, openGates } from './gates.ts';
import { rememberLast } from './remember-last.ts';
import type { RequestView } from './request-view.ts';

/** How names of languages begin, in the languages that requests are most often written in. */
const names: { readonly [language: string]: string } = {
  en: 'engli anglais inglés ingles inglês engels angielsk английск англійськ',
  de: 'german(?!y) deutsch allemand alemán aleman alemão tedesc duits niemieck немецк німецьк',
  fr: 'french franz français francais francés francês frances frans francusk французск французьк',
  es: 'spani espagnol español espanol espanhol spagnol spaans hiszpańsk испанск іспанськ',
  it: 'itali włosk итальянск італійськ',
  pt: 'portugu portugai portugies portoghes португальск',
  nl: 'dutch niederländ néerlandais neerland holand olandes nederlands holendersk нидерландск',
  pl: 'polish polnisch polonais polaco polacc pools polsk польск',
  ru: 'russian russisch russe ruso russo rosyjsk русск російськ',
  uk: 'ukraini ucrani ucraino украинск українськ',
  zh: 'chines mandarin chinois chino cinese chińsk китайск',
  ja: 'japane japani japonai japoné giappone японск',
  ko: 'korean coréen coreano корейск',
  ar: 'arab árabe арабск',
  he: 'hebr hébr ebraic',
  el: 'greek griech grec griego',
  hi: 'hindi',
  th: 'thai(?!l)',
};
const beginnings: readonly (readonly [begins: string, language: string])[] = Object.entries(names).flatMap(([language, list]) => list.split(' ').map((begins) => [begins, language] as const));
const anyName = beginnings.map(([begins]) => begins).join('|');

const eastern: { readonly [name: string]: string } = {
  英: 'en', 德: 'de', 法: 'fr', 西班牙: 'es', 俄: 'ru', 日: 'ja', 韩: 'ko', 中: 'zh', 日本: 'ja', 中国: 'zh', ドイツ: 'de', フランス: 'fr', スペイン: 'es', 韓国: 'ko', 영: 'en', 독일: 'de', 프랑스: 'fr', 스페인: 'es', 일본: 'ja', 중국: 'zh',
};

/** Texts that speak of translating, or name a language where one could be asked for. */
const spoken = gated(
  new RegExp(`(?<![\\p{L}])(?:translat|tradui|traduc|traduz|tradur|übersetz|(?:in|into|to|auf|ins|en|al|em|para o|naar het|na|на) (?:the )?(?:${anyName})\\p{L}{0,7}(?![\\p{L}-]))|перев|перекл|翻译|翻訳|译成|語[にで]|번역|어로`, 'iu'),
  `translat tradui traduc ${beginnings.filter(([begins]) => /^[a-z]{3}/.test(begins)).map(([begins]) => begins).join(' ')}`,
);

/** Asked for at once: a verb of writing, and a language that it is to be written in. */
const demanded = new RegExp(
  `(?<![\\p{L}])(?:translat|übersetz|tradui|traduc|traduz|tradur|vertaal|przetłumacz|переве|перекла|answer|respond|reply|write|antwort|schreib|répond|écri|respond|escrib|rispond|scriv|ответ|напиш)[\\s\\S]{0,300}?(?<![\\p{L}])(?:in|into|to|auf|ins|en|al|em|para o|naar het|na|на)\\s(?:the\\s)?(${anyName})\\p{L}{0,7}(?=\\s*(?:$|[^\\s\\p{L}-])|\\s(?:and|or|please|with|using|without|that|about|from|by|as|the|this|these|und|bitte|den|die|das|diesen|et|la|le|y|esta|este|el)(?!\\p{L})|\\n)`,
  'iu',
);
const demandedInEast = /(?:翻译成|翻译为|译成|译为|用)(西班牙|英|德|法|俄|日|韩|中)|(英|ドイツ|フランス|スペイン|中国|韓国|日本)語[にで]|(영|독일|프랑스|스페인|일본|중국)어로/;
const quoted = /"[^"\n]{0,600}"|“[^”\n]{0,600}”|«[^»\n]{0,600}»|„[^“”\n]{0,600}[“”]/g;

/** True when a request may ask for another language than its own. */
export const translates = rememberLast(
  (request: RequestView): boolean =>
    (mayMatch(spoken, request.gates) && spoken.pattern.test(request.text)) ||
    (request.instructions !== '' && mayMatch(spoken, openGates(request.instructions)) && spoken.pattern.test(request.instructions)),
);

/** The language that the answer is asked to be in, such as `de`; `undefined` when none is named for it. */
export const askedLanguage = rememberLast((request: RequestView): string | undefined => {
  if (!translates(request)) return undefined;
  return languageIn(request.text) ?? (request.instructions === '' ? undefined : languageIn(request.instructions));
});

function languageIn(text: string): string | undefined {
  const plain = text.replace(quoted, ' ');
  const name = demanded.exec(plain)?.[1]?.toLowerCase();
  if (name !== undefined) return beginnings.find(([begins]) => name.startsWith(begins.replace(/\(.*/, '')))?.[1];
  const east = demandedInEast.exec(plain);
  return east ? eastern[east[1] ?? east[2] ?? east[3] ?? ''] : undefined;
}
