import { gated, mayMatch, scanText } from './gates.ts';
import { rememberLast } from './remember-last.ts';
import type { RequestView } from './request-view.ts';

/** How names of languages begin, in the languages that requests are most often written in. */
const names =
  'en engli angl ingl angiel англ,de german(?!y) deutsch allem alem tedesc duits niem немец німец,fr french fran[zçs] franca franc[eéê]s французь французс,es spani espa spagn hiszp испан іспан,it itali(?!a\\b) włosk итал італ,' +
  'pt portugu portugi portugai португ,nl dutch niederl néerl holan neder,pl polish poln polon polac польс,ru russi(?!a\\b) russe ruso rosyj русс рос,uk ukraini ucrai украин україн,' +
  'zh chines chino cinese mandarin китай,ja japan[ei] japon giappon япон,ko korean corea coré корей,ar arab árab арабс,hi hindi';
const languages = names.split(',').map((line) => line.split(' '));
const anyName = languages.flatMap(([, ...begins]) => begins).join('|');

/** How the same are written in the East. */
const eastern = '英en영en德de法fr西es俄ru日ja韩ko中zh일ja중zhドde독deフfr프frスes스es韓ko仏fr独de';

/** Texts that speak of translating, or name a language where one could be asked for. */
const spoken = gated(
  new RegExp(`(?<!\\p{L})(?:translat|tradu|übersetz|(?:in|into|to|auf|ins|en|al|em|para o|naar het|na|на) (?:the )?(?:${anyName})\\p{L}{0,7}(?![\\p{L}-]))|перев|перекл|ترجم|अनुवाद|μετ[αά]φρασ|çevir|přelož|terjemah|przetłumacz|vertaal|översätt|翻译|翻訳|译成|語[にで]|번역|어로`, 'iu'),
  `translat tradu terjemah vertaal ${anyName.match(/(?<![^|])[a-z]{3}/g)?.join(' ') ?? ''}`,
);

/** Asked for at once: a verb of writing, and a language that it is to be written in. */
const demanded = new RegExp(
  `(?<!\\p{L})(?:translat|übersetz|tradu|vertaal|przetłumacz|перев|перекл|answer|respond|reply|write|antwort|schreib|répond|écri|escrib|rispond|scriv|ответ|напиш)[^]{0,300}?(?<!\\p{L})(?:in|into|to|auf|ins|en|al|em|para o|naar het|na|на)\\s(?:the\\s)?((?:${anyName})\\p{L}{0,7})(?=\\s*(?:$|[^\\s\\p{L}-])|\\s(?:and|or|please|with|using|that|about|from|the|this|und|bitte|den|die|das|et|la|le|y|el)(?!\\p{L})|\\n)`,
  'iu',
);
const demandedInEast = /(?:翻译[成为]|译[成为]|用)(西|英|德|法|俄|日|韩|中)|(英|独|仏|ドイツ|フランス|スペイン|中国|韓国|日本)語[にで]|(영|독일|프랑스|스페인|일본|중국)어로/;
const quoted = /"[^"\n]{0,600}"|“[^”\n]{0,600}”|«[^»\n]{0,600}»|„[^“”\n]{0,600}[“”]/g;

/** True when a request may ask for another language than its own. */
export const translates = rememberLast(
  (request: RequestView): boolean =>
    (mayMatch(spoken, request.scan) && spoken.pattern.test(request.text)) ||
    (request.instructions !== '' && mayMatch(spoken, scanText(request.instructions)) && spoken.pattern.test(request.instructions)),
);

/** The language that the answer is asked to be in, such as `de`; `undefined` when none is named for it. */
export const askedLanguage = rememberLast((request: RequestView): string | undefined => {
  if (!translates(request)) return undefined;
  return languageIn(request.text) ?? (request.instructions === '' ? undefined : languageIn(request.instructions));
});

function languageIn(text: string): string | undefined {
  const plain = text.replace(quoted, ' ');
  const name = demanded.exec(plain)?.[1];
  if (name !== undefined) return languages.find(([, ...begins]) => new RegExp(`^(?:${begins.join('|')})`, 'iu').test(name))?.[0];
  const east = demandedInEast.exec(plain)?.slice(1).join('')[0];
  const at = east === undefined ? -1 : eastern.indexOf(east);
  return at < 0 ? undefined : eastern.slice(at + 1, at + 3);
}
