import type { RequestView } from '../text/request-view.ts';
import { viewSignal } from './define-signal.ts';

/** Characters up to which a draft may be a placeholder, an error or a key that was held down. */
const longest = 400;
/** Characters that most of them stay below, and how the others begin. */
const usualLength = 64;
const unusualStart = /^\W{0,3}(?:lorem|traceback|(?:internal |\w{0,12})error|rate limit|\d{3} )|^\s*[{<[\u3131-\u318E]/i;

/** What programs write where an answer should stand: empty values, errors, templates that were not filled in. */
const emptyValue = /^(?:null|\[object \w+\]|\((?:empty|blank|no (?:answer|response|output|content))\)|no (?:response|output)|TODO|TBD|TBA|[Ll]orem ipsum[^]*)$/;
/** Right where something is computed. */
const notANumber = /^(?:undefined|nan)$/i;
const failure = /^(?:(?:internal (?:server )?)?error(?:[ :]+(?:code )?\d{3}\b|[:!]|$)|\d{3} (?:internal server error|bad gateway|service unavailable|gateway time-?out|too many requests|unauthorized|forbidden|not found)|(?:type|value|key|syntax|reference|runtime|attribute)error:|http \d{3}\b|traceback \(most recent call last\)|(?:http )?status(?: code)?[: ]+[45]\d\d|rate limit (?:exceeded|reached)|too many requests|request timed out|timed? ?out$|connection (?:reset|refused|error)|service unavailable|err(?:or)?_[a-z_]+$|e(?:conn|timed|noent|acces|pipe)[a-z]*$|(?:(?:oops|sorry|uh[- ]oh)[,.! ]{1,3})?(?:something went wrong|an? (?:\w+ )?error (?:has )?occurred)|(?:es ist )?ein (?:\w+ )?fehler (?:ist )?aufgetreten|(?:fehlermeldung|foutmelding|message d'erreur|mensaje de error|messaggio di errore)\b|une erreur (?:s'est|est) |(?:se ha producido|ha ocurrido|ocurrió) un error|si è verificato un errore|ocorreu um erro|(?:系统|服务器|未知)?错误|出错了|エラー|(?:서버 )?오류|<!doctype html|<html)/i;
const errorObject = /^\{\s*"(?:error|errors|exception)"\s*:|^\{[^{}]{0,120}"(?:code|status(?:code)?)"\s*:\s*"?[45]\d\d\b[^{}]{0,120}"(?:message|error)"\s*:/i;
const template = /^(?:\[\p{L}[\p{L}\p{M} '’]{2,60}\]|\{\{?\s?[a-z_. ]{1,30}\}?\}|<[a-z_ ]{1,30}>|(?:your|the|insert) (?:answer|text|response) (?:goes )?here\.?|<\|[^\n]{0,40}\|>)$/iu;
const keyRow = /^(?:qwert[yz]?(?:u(?:io?p?)?)?|qwer|asdf(?:g(?:h(?:jkl?)?)?)?|(?:jkl|hjkl|sdfg|dfgh|fghj|ghjk)|[zy]xcv(?:b(?:nm?)?)?)+$/i;
/** Korean letters that stand alone: what keys give without a syllable in mind. */
const looseJamo = /[\u3131-\u318E]/g;

/** Marks between the turns of a chat and between tokens, which a reader should never see. */
const chatMark = /<\|(?:im_(?:start|end)|end(?:oftext|_of_text)?|eot_id|assistant|user|system)\|>|\[\/?INST\]|<\/?s>|<(?:start|end)_of_turn>|Ċ|Ġ\p{L}+Ġ/u;
/** Gaps that a program should have filled, and code that somebody else should write. */
const unfilled = { text: /\{\{\s?\w{2,30}\s?\}\}|\[INSERT\b|\[\p{Lu}{3,} NAME\]/u, code: /(?:\/\/|#) ?TODO\b/ };
const asksForGap = /\{\{|TODO|template|placeholder|skeleton|stub\b|boilerplate|vorlage|modèle|plantilla|modello|jinja|handlebars|mustache|vue|angular|liquid/i;
/** Requests that may well be answered with such a thing. */
const asksForOne = /\berror|\bexception|\bstatus|placeholder|template|redact|anonymi[sz]|mask|syntax|\bhtml|\bxml|\btags?\b|abbreviat|acronym|stands? for|keyboard|tastatur|teclado|clavier|tastiera/i;
const asksForLetter = /letter|character|vowel|consonant|variable|symbol|option|choice|choose|which|alphabet|initial|[=(]|buchstabe|lettre|letra|lettera|букв/i;

/** 1 for a draft that is a placeholder, an error message, an unfilled template or a row of keys, otherwise 0; nothing where the request speaks of such a thing. */
export const placeholder = viewSignal('placeholder', ({ text, request }) => {
  if ((request.asksCode ? unfilled.code : unfilled.text).test(text.slice(0, longest)) && !asksForGap.test(request.text)) return 1;
  if (chatMark.test(text.slice(-longest)) && !chatMark.test(request.text) && !request.asksCode) return 1;
  if (text.length > longest || request.asksCode || (text.length > usualLength && !unusualStart.test(text))) return 0;
  const bare = text.replace(/^[`"'*_\s]+|[`"'*_\s.]+$/g, '');
  if (bare === '' || !isPlaceholder(bare, text, request)) return 0;
  const firstWord = /[\p{L}\p{N}]{2,}/u.exec(bare)?.[0].toLowerCase();
  const isQuoted = firstWord !== undefined && !template.test(bare) && request.words.includes(firstWord);
  return isQuoted || asksForOne.test(request.text) ? undefined : 1;
});

function isPlaceholder(bare: string, text: string, request: RequestView): boolean {
  if (template.test(bare) || keyRow.test(bare) || emptyValue.test(bare) || failure.test(bare) || errorObject.test(text.trim())) return true;
  if (nod.test(bare)) return (asksWhat.test(request.question) || request.asksText) && !/\bor\b|\b(?:say|reply|answer|word|mean)/i.test(request.question);
  if (notANumber.test(bare)) return !/\d/.test(request.text) && !/divi|slope|limit|\blog|tangent/i.test(request.text);
  return isLooseLetter(bare, request) || isLooseJamo(bare);
}

/** What answers no question that begins with what, who or how. */
const nod = /^(?:ok|okay|okey|sure|yes|no|yep|done|noted|got it|hm+|thanks|hello|hi)$/i;
const asksWhat = /^(?!(?:what|how) (?:about|if)\b|why (?:not|don['’]t)\b)(?:what|who|whom|whose|when|where|which|how|why)\b/i;

/** A small letter is an answer where letters, variables or options are asked about. */
function isLooseLetter(bare: string, request: RequestView): boolean {
  return /^[b-zß-ÿ]$/.test(bare) && request.options.length === 0 && !asksForLetter.test(request.text);
}

function isLooseJamo(text: string): boolean {
  const loose = text.match(looseJamo)?.length ?? 0;
  return loose >= 4 && loose > 0.7 * (text.match(/\p{L}/gu)?.length ?? 0) && new Set(text).size > 3;
}
