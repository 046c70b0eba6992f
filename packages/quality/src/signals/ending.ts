import { isFunctionWord } from '../text/language.ts';
import type { RequestView } from '../text/request-view.ts';
import { defineSignal, viewSignal } from './define-signal.ts';

/** 1 when the model stopped of its own accord; anything else is a veto, because the answer is not whole. */
export const finished = defineSignal('finished', ({ draft }) => {
  if (!draft.complete) return { value: 0, veto: 'The answer was cut off before it was whole.' };
  const kind = draft.finishReason.unified;
  if (kind === 'length') return { value: 0, veto: 'The answer ran into the token limit and is not whole.' };
  if (kind === 'content-filter') return { value: 0, veto: 'The vendor filtered the answer.' };
  if (kind === 'error') return { value: 0, veto: 'The model stopped with an error.' };
  return 1;
});

/** 1 when there is something to read or a tool call; an empty draft is a veto. */
export const filled = defineSignal('filled', ({ draft }) => {
  if (draft.toolCalls.length > 0 || /[\p{L}\p{N}\p{S}]/u.test(draft.content.slice(0, 2000))) return 1;
  return { value: 0, veto: 'The answer is empty.' };
});

const sentenceEnd = /[.!?。！？।؟…:;)\]}"'`“”’»✓*_$|>\d]\s*$/;

/** Signs that the text stops in the middle: open code fence 1, unclosed bracket at the end 0.6, last sentence without an end 0.5, but for a list of which no line has one. */
export const cutOff = viewSignal('cut-off', ({ text, wordCount, request }) => {
  if (text.includes('```') && (text.split('```').length - 1) % 2 === 1) return 1;
  const tail = text.slice(-440).trimEnd();
  if ('([{,\\='.includes(tail.at(-1) ?? 'x')) return 1;
  if (openBracket(tail)) return 0.6;
  if (wordCount > 25 && !sentenceEnd.test(tail) && !signsOff(tail) && !signsLetter(text, request)) return isOpenList(tail) ? 0 : 0.5;
  return 0;
});

/** Small words that no sentence ends with, in any of these languages: "los" and "an" are articles in one and end sentences in another. */
const leadsOn = /[\s,](?:and|or|the|of|because|need to|such as|und|oder|weil|dass|wenn d(?:ie|er|as)|et|ou|les|des|parce que|el|las|porque|gli|della|и|или)$/iu;
/** A sentence without its second half: "Lemons are". */
const halfSaid = /^(?!(?:they|it|he|she|we|you|i|that|this|these|those|there|yes|no|who|what|how|here)\b)\p{L}[\p{L} ]{1,30} (?:is|are|was|were|ist|sind|est|è)$/iu;
/** A sentence that stops at its verb: "The capital of Peru is". A pronoun before it may end one: "That is how it is". */
const atVerb = /(?<!\b(?:it|he|she|they|we|you|that|this|there|what|who|and|or|il|elle|c[’']|es|er|sie|lo)) (?:is|are|was|were|ist|sind|es|son|est|sont|è|sono|é|são)$/i;
/** The last line of a list that has a mark and no more. */
const bareMark = /^\s*(?:\d{1,2}[.)]?|[-*•])\s*(?:\*\*)?$/;
/** Hindi and its kin put small words behind what they belong to, and a sentence goes on after them. */
const postposition = /\s(?:का|के|की|को|में|से|पर|और|कि|ने|एक|या|न)$/u;
/** A subject of Japanese without what is said of it; greetings end the same. */
const bareSubject = /[\u3041-\u30FF\u4E00-\u9FFF]{2,}(?:は|が|を)$/u;
const greetsSo = /(?:こんにち|こんばん|では|さようなら).?$/u;

/** Announces what does not come: "Translation:". */
const announces = /[\p{L})*"”]:\**$/u;

/** Words in small letters that no text ends with, in the languages that drafts are most often written in. */
const neverLast = new Set(
  ('the an of and or because my your our their than in at from with by for as into und oder weil dass ein eine einen einem einer eines vom zum zur für le les une des du et ou dans avec jusqu\'à el las un una y pero para um uma e do da dos das il gli della dello een bir ve için i w z że oraz и или в с для от не что на och att').split(' '),
);
/** Particles after which a sentence of Japanese or Chinese goes on, and commas of all scripts. */
const goesOn = /(?:[、，,]|[はがをにへ]|[的把和与或在从对被])$/u;
const wide = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;
/** Wide characters from which a text with a comma is a sentence, which has an end. */
const wideSentence = 14;
/** The same for one that ends with a particle. */
const widePhrase = 9;

/** 1 for a draft whose last word leads on to another, "red, yellow and", whose last sentence or list item lacks the end that the others have, or that ends with a colon, otherwise 0. */
export const cutWord = viewSignal('cut-word', ({ text, wordCount, request }) => {
  const whole = text.trimEnd();
  if (request.asksCode) return codeIsOpen(whole) ? 1 : 0;
  const line = whole.slice(whole.lastIndexOf('\n') + 1);
  if (line !== whole && bareMark.test(line)) return 1;
  if (line.includes('**') && line.split('**').length % 2 === 0 && !/[*\d]\*\*[\d(]/.test(line)) return 1;
  if (wordCount <= 25 && announces.test(whole.slice(-60))) return 1;
  if (wordCount <= 1 || '.!?…。！？।'.includes(whole.at(-1) ?? '.') || signsLetter(whole, request)) return 0;
  const tail = whole.slice(-60);
  if (stopsShort(tail, line) || (request.options.length === 0 && lastIsOpen(whole, wordCount, request))) return 1;
  if (wordCount > 25) return 0;
  return leadsOn.test(tail) || (wordCount < 5 && halfSaid.test(tail)) ? 1 : 0;
});

/** True for a last line that ends at a verb, a small word of Hindi, a subject of Japanese, or in a quotation that is not closed. */
function stopsShort(tail: string, line: string): boolean {
  if (atVerb.test(tail) || postposition.test(tail) || (bareSubject.test(tail) && !greetsSo.test(tail))) return true;
  return line.includes('"') && /[\p{L},]$/u.test(tail) && (line.match(/(?<![\d\\])"/g)?.length ?? 0) % 2 === 1;
}

/** True for bare code that ends within a statement or a name that it used before, and for an explanation after it that ends within a sentence. */
function codeIsOpen(text: string): boolean {
  if (/<html\b/i.test(text) && !/<\/html>/i.test(text)) return true;
  const last = text.slice(text.lastIndexOf('\n') + 1);
  if (/^\s*(?:def|for|while|if|elif|with|class) [^:{;]*$/.test(last) && /(?:^|\n)\s*(?:def|for|while|if|class) [^\n{]*:\s*\n/.test(text)) return true;
  const token = /(?<![\w.])[A-Za-z_]\w{1,40}$/.exec(last)?.[0];
  if (token !== undefined && !/^\w+$/.test(last.trim()) && !new RegExp(`\\b${token}\\b`).test(text.slice(0, -token.length)) && new RegExp(`\\b${token}\\w{2,}`).test(text)) return true;
  return /\n\n\p{Lu}[^\n]{30,}\p{L}$/u.test(text.slice(-looked));
}

/** Characters at the end of a text that are looked at. */
const looked = 400;

/** Words from which a single sentence that begins with a capital has an end. */
const openSentence = 9;
/** Words that a last sentence without an end has at least. */
const fewestLeft = 2;
/** Asks for a line that needs no full stop. */
const asksForLine = /\b(?:titles?|headlines?|slogans?|taglines?|subject|captions?|names?|phrase|quer(?:y|ies)|bullet|list|commit|label|heading|lyrics|poem|haiku|objet|assunto|asunto|oggetto|předmět|onderwerp|ämne|konu|temat|titel|überschrift|betreff|titre|título|titolo)\b|тем[ауы](?!\p{L})|[诗詩]|对联|俳句|标题|口号|キャッチ|タイトル/iu;

/** True when a text goes on where it ends: after a small word, within a row of a table, a sentence or a list item. */
function lastIsOpen(text: string, wordCount: number, { question, asksText }: RequestView): boolean {
  const end = text.slice(-looked);
  const last = /(?<=[\s,’'])[^\s]+$/.exec(end)?.[0] ?? '';
  if (wordCount >= 4 && (neverLast.has(last) || /[–—,]$/.test(end))) return true;
  const letters = /[^\x00-\u2FFF]/.test(end) ? (end.match(wide)?.length ?? 0) : 0;
  if (letters > 0) return !asksForLine.test(question) && !sentenceEnd.test(end) && ((letters >= widePhrase && goesOn.test(end)) || (letters >= wideSentence && /[，、,]/.test(end))) && !/\n/.test(end);
  const lines = end.split('\n').filter((line) => line.trim() !== '');
  const items = lines.slice(1).filter((line) => listItem.test(line));
  const final = lines.at(-1) ?? '';
  if (final.startsWith('|') && lines.at(-2)?.startsWith('|') && !/\|\s*$/.test(final)) return true;
  if (items.length > 0 && listItem.test(final)) return items.length > 1 && /[\p{L}\p{N})]$/u.test(final) && items.slice(0, -1).every((line) => /[.!?。]\W{0,2}$/.test(line)) && final.split(' ').length > 3;
  if (lines.length === 1 && wordCount >= fewestSaid && !asksText && !asksForLine.test(question) && isCutSentence(end)) return true;
  if (wordCount > 25 || asksForLine.test(question) || !/ [\p{Ll}]+$/u.test(final)) return false;
  const left = final.split(/[.!?] /).at(-1)?.split(' ').length ?? 0;
  if (left < fewestLeft) return false;
  if (/[a-zà-ÿа-я)][.!?] (?=\p{Lu})/u.test(final)) return true;
  return lines.length === 1 && wordCount >= openSentence && /^\p{Lu}/u.test(final) && (final.match(/(?<= )\p{Lu}/gu)?.length ?? 0) < 0.6 * wordCount;
}

/** Words from which a sentence with a verb has an end. */
const fewestSaid = 5;
const verb =
  /(?<!\p{L})(?:is|are|was|were|has|have|had|can|will|ist|sind|war|waren|hat|haben|kann|wird|es|son|era|fue|tiene|est|sont|était|été|è|sono|ha|é|são|foi|tem|zijn|heeft|hebben|jest|są|był[aoy]?|ma|är|har|adalah|هي|هو|הוא|היא|है|हैं)(?!\p{L})/iu;
/** Letters of a name that is whole. */
const shortestName = 4;

/** True for a sentence with a verb and without an end: its last word has a small letter, or is the beginning of a name. */
function isCutSentence(text: string): boolean {
  if (sentenceEnd.test(text) || /(?:[°%€]|\p{Extended_Pictographic}\uFE0F?)\s*$/u.test(text) || !verb.test(text.split(/[.!?] /).at(-1) ?? '')) return false;
  const last = /[\p{L}\p{M}'’-]+$/u.exec(text)?.[0] ?? '';
  return !verb.test(last) && (!/^\p{Lu}/u.test(last) || last.length < shortestName);
}

const listItem = /^\s*(?:[-*•]|\d{1,2}[.)])\s/;

/** Characters that lines without a full stop have at most. */
const longestOpenLine = 90;

/** True for lines of a list that all end without a full stop. */
function isOpenList(text: string): boolean {
  const lines = text.split('\n').slice(-3);
  return lines.length === 3 && lines.every((line) => line !== '' && line.length < longestOpenLine && !/[.!?。,;]\s*$/.test(line)) && listItem.test(lines[2] ?? '') === listItem.test(lines[1] ?? '');
}

/** True for a short last line that stands alone, as greetings and names do under a letter: it needs no full stop. */
function signsOff(text: string): boolean {
  if (/\n[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul} ]{2,12}$/u.test(text)) return true;
  const line = /\n[ \t]*(\p{Lu}[^\n]{0,40})$/u.exec(text)?.[1]?.split(' ');
  return line !== undefined && line.length <= 4 && !isFunctionWord((line.at(-1) ?? '').toLowerCase());
}

/** How letters and messages begin that are written in one line. */
const greeting = /^\s*(?:(?:subject|betreff|objet)[^\n]{0,80}\n\s*)?(?:dear|hi|hello|good (?:morning|day)|lieber?|hallo|guten tag|sehr geehrte|bonjour|chère?|hola|buenos|estimad|querid|ciao|gentile|olá|bom dia|beste|hoi|cześć|drog|kochan|hej|sevgili|sayın|merhaba|привет|здравствуйте|уважаем|дорог|добрий день|люб|milý|milá|vážen|dobrý|αγαπητ|καλημέρα)/iu;
/** A name, or a closing and a name, after the last sentence. */
const signature = /[.!?…。！？।؟;]["”’»]?\s+(?:[\p{L}\p{M}'’.-]+[ ,]+){0,6}[\p{Lu}\p{Lo}][\p{L}\p{M}'’-]*$|[。！？][^。！？，\s]{2,4}$/u;

/** True for a letter in one line that ends with whom it is from. */
function signsLetter(text: string, { asksText, question }: RequestView): boolean {
  return (asksText || greeting.test(text) || /[信邮件短]|メール|手紙|संदेश|رسالة/.test(question)) && signature.test(text.slice(-100));
}

const bracket = /[()[\]{}]/g;

/** True when the last bracket that opens in the text is never closed. */
function openBracket(text: string): boolean {
  const opened: string[] = [];
  bracket.lastIndex = 0;
  for (let match = bracket.exec(text); match; match = bracket.exec(text)) {
    const [char] = match;
    if ('([{'.includes(char)) opened.push(char);
    else if (')]}'.indexOf(char) === '([{'.indexOf(opened.at(-1) ?? ' ')) opened.pop();
  }
  const last = opened.at(-1);
  return last !== undefined && text.length - text.lastIndexOf(last) < 200;
}
