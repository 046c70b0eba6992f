import { translates } from '../text/asked-language.ts';
import { gated, mayMatch } from '../text/gates.ts';
import type { RequestView } from '../text/request-view.ts';
import { mends } from '../text/what-is-asked.ts';
import { viewSignal } from './define-signal.ts';

/** How refusals begin, in the languages that drafts are most often written in. */
const opening = new RegExp(
  [
    "^(?:(?:i(?:['’]?m| am) )?(?:(?:very|so|really|truly|deeply) )?sorry|(?:my )?apologies|i apologi[sz]e|i regret|unfortunately)[^.\\n]{0,40}\\b(?:can(?:no|['’])t|unable|not able|won['’]?t|don['’]t have)\\b",
    "^(?:i (?:can(?:no|['’])t|can ?not|am unable to|am not able to|won['’]?t|must decline|do not feel comfortable))\\b",
    "^i(?:['’]?m| am) (?:unable|not able|afraid (?:that )?i can(?:no|['’])t|not allowed)\\b",
    "^as an? (?:ai|large)(?: language)? model,? i (?:can(?:no|['’])t|do not|don['’]t|am (?:not|unable))",
    "^(?:lo siento|lamento|no puedo (?:ayudar|proporcionar|responder))",
    "^(?:je suis désolé|désolé|je ne peux pas (?:vous aider|répondre|fournir))",
    "^(?:es tut mir leid|tut mir leid|ich kann (?:ihnen |dir )?(?:dabei|das|hierbei) nicht|leider kann ich)",
    "^(?:mi dispiace|non posso (?:aiutar|fornire|rispondere))",
    "^(?:desculpe|sinto muito|não posso (?:ajudar|fornecer|responder))",
    '^(?:извините|к сожалению, я не|я не могу (?:помочь|ответить|предоставить))',
    '^(?:抱歉|对不起|很抱歉|我无法|我不能|申し訳|すみません|죄송)',
  ].join('|'),
  'iu',
);
const nonAnswer = gated(/\b(?:i (?:do not|don['’]t) (?:know|have (?:enough |any |access to )?(?:information|data|context))|(?:cannot|can['’]t|can not) be (?:determined|answered)|no (?:information|context) (?:is |was )?(?:given|provided)|it is (?:impossible|not possible) to (?:determine|say|answer)|(?:need|provide) more (?:information|context|details)|is there anything else i can help)/i, 'i cannot can no it need provide is');

/** True when a text opens like a refusal. */
export function opensWithRefusal(text: string): boolean {
  return opening.test(text.trimStart().slice(0, 160));
}

/** True when a text that says it cannot is to be translated. */
function quotesRefusal(request: RequestView): boolean {
  return translates(request) && (cannot.pattern.test(request.text) || /не (?:смо(?:гу|жем)|могу|знаю)|no (?:puedo|sé)|non (?:posso|so)|não (?:posso|sei)|nie (?:mogę|wiem)|kan (?:\p{L}+ ){0,3}niet|kan ik|inte|bilmiyorum|lo siento|mi dispiace|désolé|spijt|przykro|üzgün|آسف|لا أ|नहीं|λυπ[αά]μαι|δεν |bohužel|nevím|nemohu|tidak|không|can[’']?t|won[’']?t|nicht|pas |不能|无法|ない|ません|못/iu.test(request.text));
}

/** 1 for a refusal, 0.6 for a text that says it cannot answer, otherwise 0. */
export const refusal = viewSignal('refusal', ({ prose, scan, request }) => {
  if (opensWithRefusal(prose)) return quotesRefusal(request) ? 0 : 1;
  if (!mayMatch(nonAnswer, scan) || quotesRefusal(request)) return 0;
  return nonAnswer.pattern.test(prose.slice(0, 400)) || nonAnswer.pattern.test(prose.slice(-300)) ? 0.6 : 0;
});

/** Words up to which a draft that says it cannot is nothing but that. */
const shortRefusal = 32;
/** Words up to which one that declines in so many words is. */
const longestRefusal = 50;

/** "I cannot answer that", anywhere in a short draft, in the languages that drafts are most often written in. */
const cannot = gated(
  new RegExp(
    [
      "\\bi(?:['’]m| am)? (?:can(?:no|['’])t|can not|unable to|not able to|not sure (?:how|what)|won['’]t be able) ?(?:really |currently |actually )?(?:help|answer|assist|provide|come up|give|tell|do|fulfil+|complete|access|browse|generate|create|write|translate|respond|comment|offer|say|name|perform|determine)?",
      '(?:^|[.!] )(?:unable|not able|failed) to (?:process|complete|answer|fulfil|generate|provide|respond|handle|assist|help)|\\bi (?:do not|don[\'’]t) have (?:the ability|the capability|access|any |enough |information|that information|data)|\\brequest (?:failed|denied|refused)\\b',
      "\\bas an? (?:ai|(?:large )?language model)\\b|\\bi(?:['’]m| am) (?:just |only )?an ai\\b|\\bcannot assist\\b|\\bi can only (?:help|assist|answer|provide|write|talk|respond|process|discuss|generate)\\b|\\bi (?:do not|don['’]t) (?:really |actually |quite )?know\\b",
      '\\b(?:kann|darf) ich (?:\\p{L}+ ){0,4}(?:nicht|nichts|keine)|\\bich (?:\\p{L}+ ){0,2}(?:kann|darf) (?:\\p{L}+ ){0,5}nicht|\\bwei(?:ß|ss) ich (?:\\p{L}+ ){0,3}nicht|\\bich wei(?:ß|ss) (?:\\p{L}+ ){0,3}nicht|\\bhabe ich (?:\\p{L}+ ){0,3}keine (?:informationen|daten|angaben)|\\bals ki\\b',
      '\\bkan ik (?:\\p{L}+ ){0,4}niet|\\bik kan (?:\\p{L}+ ){0,4}niet|\\bweet ik (?:\\p{L}+ ){0,2}niet|\\bik weet het niet',
      "\\bje ne (?:peux|sais|suis) (?:\\p{L}+ ){0,2}pas\\b|\\bje ne suis pas en mesure|\\bje n['’]ai pas (?:d['’]information|accès)|\\ben tant qu['’]ia",
      '\\bno (?:puedo|sé|me es posible|tengo información)(?!\\p{L})|\\bcomo (?:una )?ia\\b',
      '\\bnon (?:posso|so|sono in grado|ho (?:informazioni|accesso))\\b|\\bnão (?:posso|sei|consigo|tenho (?:informaç|acesso))',
      '\\bnie (?:mogę|wiem|jestem w stanie)(?!\\p{L})|(?:^|\\s)я не (?:могу|знаю)|(?:^|\\s)не могу (?:\\p{L}+ ){0,3}(?:помочь|ответить)|(?:^|\\s)я не можу',
      '\\bjag kan (?:\\p{L}+ ){0,3}inte\\b|\\bjeg kan (?:\\p{L}+ ){0,3}ikke\\b|yardımcı olamam|cevap veremem|bilmiyorum',
      'できません|できかねます|わかりません|分かりません|(?:我|本系统)(?:無法|无法)|(?:無法|无法|不能)(?:回答|提供|帮助|帮您|协助|满足|处理您|完成您)|不知道|할 수 없|드릴 수 없|모르겠|لا (?:أستطيع|يمكنني|أعرف)|नहीं (?:कर सकत|जानत|दे सकत)|असमर्थ',
    ].join('|'),
    'iu',
  ),
  'i unable not failed request as cannot kann darf ich weiss habe als kan ik weet je en no como non nie jag jeg cevap bilmiyorum',
);

/** Turns a request down without "cannot": "I'd rather not", "I must decline", "not permitted". */
const declines = gated(
  new RegExp(
  [
    "\\bi(?:['’]d| would| will)? (?:rather|prefer|choose) not\\b|\\b(?:i|we) (?:\\w+ )?(?:must|have to|need to) (?:respectfully |politely |kindly |regretfully )?(?:decline|refuse|pass on (?:this|that)|turn (?:this|that|it) down)|\\b(?:i|we) (?:respectfully |politely )?(?:decline|refuse)\\b|\\bi(?:['’]m| am) not (?:permitted|allowed|authori[sz]ed|comfortable|able to comply)|\\b(?:not|isn['’]t) (?:something i\\b|appropriate for me)|\\bunable to comply|\\bi (?:do not|don['’]t) feel (?:\\w+ )?(?:comfortable|(?:it|that) (?:is|would be) appropriate)",
    "\\boutside (?:of )?(?:my|our) (?:\\w+ )?(?:scope|guidelines|polic|capabilit)|\\b(?:against|violat\\w+|restricted by) (?:my|our) (?:\\w+ )?(?:guidelines|polic|programming|rules)|\\bfor (?:safety|security|legal|privacy|ethical) reasons,? (?:i|we|nothing)\\b|\\b(?:this|your) (?:request|question|topic) (?:has been |was |is )?(?:flagged|blocked|restricted|declined|denied)",
    '\\bich (?:\\p{L}+,? ){0,6}(?:ablehnen|verzichten)\\b|\\b(?:muss|möchte|werde) ich (?:\\p{L}+,? ){0,6}(?:ablehnen|verzichten)\\b|\\b(?:ich|mir|darf|kann) (?:\\p{L}+ ){0,6}(?:keine (?:auskunft|angaben|hilfe)|nicht (?:erlaubt|gestattet))\\b',
    "\\bje (?:dois|préfère|souhaite) (?:\\p{L}+ ){0,2}(?:décliner|refuser|m[’']abstenir|ne pas)|\\bje ne suis pas (?:autorisé|habilité)|\\b(?:mes|nos) (?:directives|règles d)|\\b(?:debo|prefiero|tengo que) (?:\\p{L}+ ){0,2}(?:declinar|rechazar|no |abstenerme)|no estoy autorizad|no tengo permi|\\b(?:mis|nuestras) (?:pautas|políticas|directrices)",
    '\\b(?:devo|preferisco) (?:\\p{L}+ ){0,2}(?:declinare|rifiutare|non )|non mi è (?:permesso|consentito)|\\b(?:mie|nostre) linee guida|\\b(?:devo|prefiro|tenho que|vou ter que) (?:\\p{L}+ ){0,2}(?:recusar|não |declinar)|não estou autorizad|\\b(?:minhas|nossas) (?:diretrizes|políticas)',
    '\\b(?:kan|får) jag (?:\\p{L}+ ){0,2}inte\\b|\\b(?:jag måste|måste jag|måste tyvärr) (?:\\p{L}+ ){0,3}(?:avstå|avböja|neka)|\\b(?:mag|kan) ik (?:\\p{L}+ ){0,3}(?:geen|niet)\\b|\\b(?:ik moet|moet ik) (?:\\p{L}+ ){0,4}(?:weigeren|afwijzen)|\\bik (?:\\p{L}+ ){0,3}liever niet|muszę (?:\\p{L}+ ){0,2}odmówić|nie wolno mi',
    'я (?:\\p{L}+ )?вынужден\\p{L}* отказать|я не буду (?:отвечать|этого)|reddetmek zorunday|yardımcı olamıyorum|お断り(?:します|いたし|させて)|控えさせて|お答えでき|お応えでき|我(?:必须|只能|不得不)?拒绝|不便(?:回答|提供)|거절(?:합니다|하겠|해야)|도와드리기 어렵|답변(?:드리기|하기) 어렵|أعتذر|(?:माफ़ कीजिए|क्षमा करें)[^।]{0,60}नहीं',
  ].join('|'),
  'iu',
  ),
  'i we not isn unable outside against violat restricted safety security legal privacy ethical flagged blocked declined denied ablehnen verzichten auskunft angaben hilfe erlaubt gestattet je directives debo prefiero tengo estoy pautas directrices devo preferisco linee prefiro tenho vou diretrizes jag ik wolno reddetmek',
);
/** Requests whose answer may speak of turning something down. */
const aboutDeclining = /declin|refus|reject|turn(?:ing)? (?:it |them |him |her )?down|say(?:ing)? no|polic|rules|allowed|permitted|ablehn|absag|rechaz|rifiut|recus|avböj|weiger|odm[oó]w|отказ|拒|断|거절|رفض|apolog|sorry/i;

/** What only a machine says, and no text that it was asked to write. */
const asMachine = /\bas an? (?:ai|(?:large )?language model)\b|\bals ki[- ]|\ben tant qu['’]ia\b|\bcomo (?:una )?ia\b/i;

/** 1 for a short draft that says it cannot answer or does not know, otherwise 0; nothing where a text was to be written, which may say so of somebody. */
export const cannotAnswer = viewSignal('cannot-answer', ({ text, textScan, wordCount, request }) => {
  if (wordCount > longestRefusal || text.length > 400) return 0;
  if (request.options.length === 0 && !translates(request) && !(request.asksText && text.includes('\n')) && mayMatch(declines, textScan) && declines.pattern.test(text) && !aboutDeclining.test(request.text)) return 1;
  if (wordCount > shortRefusal || !mayMatch(cannot, textScan)) return 0;
  if (request.options.length > 0 || quotesRefusal(request) || mends(request)) return undefined;
  if (request.asksText) return asMachine.test(text) ? 1 : undefined;
  const found = cannot.pattern.exec(text)?.[0].toLowerCase().trim();
  return found === undefined || request.text.toLowerCase().includes(found) ? 0 : 1;
});
