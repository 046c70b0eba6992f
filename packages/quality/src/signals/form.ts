import type { SignalFinding } from '@cascadeflow/contract';
import { validateSchema } from '../json-schema.ts';
import { findJson, unfence } from '../text/json-text.ts';
import { gated, mayMatch } from '../text/gates.ts';
import type { RequestView } from '../text/request-view.ts';
import { defineSignal, viewSignal } from './define-signal.ts';

/** 1 when the JSON that `responseFormat` demands is there and fits its schema; a veto when not. Nothing when no JSON is demanded. */
export const demandedJson = defineSignal('demanded-json', ({ request, draft }): number | SignalFinding | undefined => {
  const format = request.responseFormat;
  if (!format || format.type === 'text' || draft.toolCalls.length > 0) return undefined;
  const json = findJson(draft.content);
  if (!json?.whole) return { value: 0, veto: 'JSON was demanded and the answer is not valid JSON.' };
  if (format.type === 'json') return 1;
  const [violation] = validateSchema(format.schema, json.value);
  if (!violation) return 1;
  return { value: 0, veto: `The JSON breaks its schema${violation.path ? ` at ${violation.path}` : ''}: ${violation.message}` };
});

/** 1 when JSON that the text of the request asks for parses, 0 when it does not; nothing when none is asked for. */
export const askedJson = viewSignal('asked-json', (view, { request }) => {
  if (!view.request.asksJson || (request.responseFormat && request.responseFormat.type !== 'text')) return undefined;
  return view.json ? 1 : 0;
});

/** 1 when the draft is JSON from its first to its last character, code fence aside. */
export const onlyJson = viewSignal('only-json', ({ text }) => (/^[{[][\s\S]*[}\]]$/.test(unfence(text)) ? 1 : 0));

const askedCount = gated(/\b(?:list|give|name|write|provide|suggest|generate|create|propose|recommend|nenne|donne[rz]?|enumera|lista|nombra|elenca)\b(?:\s+(?:me|us|exactly|at least|the|top|mir|moi|las|los|les|die))*\s+(\d{1,2}|two|three|four|five|six|seven|eight|nine|ten|zwei|drei|vier|fünf|deux|trois|quatre|cinq|dos|tres|cuatro|cinco|due|tre|quattro|cinque)\b(?!\s*(?:words?\b(?! (?:that|which|for|with|starting|beginning|to|meaning))|characters?|sentences?|paragraphs?|%|lines? of|(?:in|as|to|plus|minus|times|factorial|squared|percent)\b))/i, 'list give name write provide suggest generate create propose recommend nenne donne enumera lista nombra elenca');
/** "Two more, please" */
const moreAsked = /^(?:and |now |und |et |y )?(\d{1,2}|two|three|four|five|six|zwei|drei|vier|fünf|deux|trois|quatre|cinq|dos|tres|cuatro|due|tre|quattro)\s(?:more|others?|weitere|autres|de plus|más|altr[ie])\b/i;
/** Characters of a question in which such a number is looked for. */
const longestWish = 120;
const countWords: { readonly [word: string]: number } = {
  two: 2, three: 3, four: 4, five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10,
  zwei: 2, drei: 3, vier: 4, fünf: 5, deux: 2, trois: 3, quatre: 4, cinq: 5, dos: 2, tres: 3, cuatro: 4, cinco: 5, due: 2, tre: 3, quattro: 4, cinque: 5,
};
/** The same in languages whose numbers stand elsewhere or are written in other letters: a verb of listing, and a number near it. */
const countedElse =
  /(?<!\p{L})(?:noem|geef|bedenk|cite|dê|liste|diga|sugira|назови(?:те)?|перечисли(?:те)?|приведи(?:те)?|дай(?:те)?|предложи(?:те)?|назвіть|наведіть|wymień|podaj|zaproponuj|nämn|ge|föreslå|sebutkan|berikan|uveď|vyjmenuj|اذكر|اقترح|أعطني)\s(?:mij |me |mi |mig |мне |naar )?(\p{L}+)(?!\p{L})|(?:列出|列举|说出|举出|给出)[^。？,，]{0,12}?([两三四五六七八九十])(?=[大个种条点项位])|(两|二|三|四|五|六|七|八|九|十|\d)(?:つ|個|か所|種類)[^。]{0,8}(?:挙げ|教え|考え|書い)|(두|세|네|다섯|여섯|일곱) ?(?:가지|개|곳|명)[^.]{0,12}(?:말해|알려|추천|제시|들어|써)|(?<!\p{L})(iki|üç|dört|beş|altı|yedi)\s[^.?]{1,40}(?:say|yaz|ver|söyle|öner)|(दो|तीन|चार|पाँच|पांच|छह|सात)\s[^।?]{1,40}(?:बताइए|बताओ|लिखिए|लिखो|दीजिए|सुझाइए|सुझाओ)/iu;
const wordsElse: { readonly [word: string]: number } = {
  twee: 2, drie: 3, vier: 4, vijf: 5, dois: 2, duas: 2, três: 3, quatro: 4, cinco: 5, два: 2, две: 2, три: 3, четыре: 4, пять: 5, шесть: 6, дві: 2, чотири: 4, "п'ять": 5, dwa: 2, dwie: 2, trzy: 3, cztery: 4, pięć: 5,
  två: 2, tre: 3, fyra: 4, fem: 5, dua: 2, tiga: 3, empat: 4, lima: 5, dva: 2, tři: 3, čtyři: 4, pět: 5, ثلاث: 3, ثلاثة: 3, أربع: 4, أربعة: 4, خمس: 5, خمسة: 5, 两: 2, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 七: 7, 八: 8, 九: 9, 十: 10,
  두: 2, 세: 3, 네: 4, 다섯: 5, 여섯: 6, 일곱: 7, iki: 2, üç: 3, dört: 4, beş: 5, altı: 6, yedi: 7, दो: 2, तीन: 3, चार: 4, पाँच: 5, पांच: 5, छह: 6, सात: 7,
};

/** A number that is asked for in one of those languages. */
function countElse(question: string): number | undefined {
  const word = countedElse.exec(question)?.slice(1).find((group) => group !== undefined);
  return word === undefined ? undefined : (wordsElse[word.toLowerCase()] ?? (/^\d$/.test(word) ? Number(word) : undefined));
}

const item = /^[ \t]*(?:[-*•+](?!\*)|\(?\d{1,2}[.)]|#{2,4}[ \t]*\d)[ \t]*\S/gm;

/** How many items a request asks to be listed, `undefined` when it names no number. */
export function countAsked({ question, scan }: RequestView): number | undefined {
  const match = mayMatch(askedCount, scan) ? askedCount.pattern.exec(question) : null;
  const count = match?.[1] ?? (question.length < 60 ? moreAsked.exec(question)?.[1] : undefined);
  if (count === undefined) return (!scan.isAscii && /[^\x00-\x7f]/.test(question)) || /^(?:noem|geef|bedenk|cite|liste|diga|sugira|podaj|sebutkan|berikan|ge) /i.test(question) ? countElse(question.slice(0, longestWish)) : undefined;
  const more = andMore.exec(question.slice((match?.index ?? 0) + (match?.[0].length ?? 0)))?.[1];
  return numberOf(count) + (more === undefined ? 0 : numberOf(more));
}

/** "… two pros and two cons" */
const andMore = /^[^.\n,]{1,30} (?:and|und|et|y|e) (\d{1,2}|two|three|four|five|six|zwei|drei|vier|deux|trois|quatre|dos|tres|cuatro|due|tre|quattro) \p{L}/iu;

function numberOf(count: string): number {
  return countWords[count.toLowerCase()] ?? Number(count);
}

/** How far the number of list items is from the number asked for, as a share of it, at most 1; nothing without a list or a number. */
export const itemMiss = viewSignal('item-miss', ({ text, request }) => {
  const wanted = countAsked(request);
  if (wanted === undefined) return undefined;
  const given = markedItems(text);
  if (given < 2 || wanted < 2) return undefined;
  return Math.min(1, Math.abs(given - wanted) / wanted);
});

/** Items of a list with numbers or bullets. */
function markedItems(text: string): number {
  const numbered = text.match(/^[ \t]*(?:\*\*)?\(?\d{1,2}[.)]/gm)?.length ?? 0;
  return numbered > 1 ? numbered : (text.match(item)?.length ?? 0);
}

/** Items of a list of any form: marked, on lines, or between commas. */
export function countItems(text: string): number {
  const lines = text.split('\n').filter((line) => line.trim() !== '').length;
  if (lines > 1) return Math.max(lines, markedItems(text));
  return text.split(/[,;、，؛،和及与]|\s(?:and|und|et|y|e|en|og|och|i|a|и|та|і|ve|dan|và|și|και|और|&)\s|\sو/i).filter((piece) => /[\p{L}\p{N}]/u.test(piece)).length;
}

const sources: { readonly [source: string]: number } = { field: 1, json: 1, boxed: 1, marked: 1, stated: 0.9, option: 0.7, whole: 0.6, code: 0.6, number: 0.4 };

/** How surely a final answer was found, 0 to 1; 0 when the request has options or asks for a number and none was found, nothing for open text. */
export const answerFound = viewSignal('answer-found', (view) => {
  const { answer, request } = view;
  if (answer) return sources[answer.source];
  return request.options.length > 0 || request.asksNumber ? 0 : undefined;
});

/** 1 when the answer is one of the offered options, 0 when it is none; nothing when none are offered. */
export const amongOptions = viewSignal('among-options', ({ request, normal }) => {
  if (request.options.length === 0) return undefined;
  if (!normal) return 0;
  if (normal.kind === 'letter') return request.options.some((option) => option.letter === normal.key) ? 1 : 0;
  return request.options.some((option) => option.text.toLowerCase().replace(/\s+/g, '').includes(normal.key)) ? 0.5 : 0;
});
