import { lastUserText, toText, type ModelRequest } from '@cascadeflow/contract';
import { clip, requestCap } from './limits.ts';
import { withDecimalPoints } from './equations.ts';
import { gated, mayMatch, scanText, type Gated, type TextScan } from './gates.ts';
import { shareOf } from './language.ts';
import { numbersOf, spelledNumber } from './numbers.ts';
import { optionsOf, type Option } from './options.ts';
import { Recent } from './recent.ts';
import { wordsOf } from './words.ts';

/** What a request asks for, read once and shared by all signals. */
export interface RequestView {
  /** Text of the last user message. */
  readonly text: string;
  /** Text of the system messages. */
  readonly instructions: string;
  /** The part of the text that asks: without the answer format and examples that surround it. */
  readonly question: string;
  readonly words: readonly string[];
  readonly numbers: readonly number[];
  readonly options: readonly Option[];
  /** True when JSON is demanded by `responseFormat` or asked for in the text. */
  readonly asksJson: boolean;
  readonly asksNumber: boolean;
  readonly asksYesNo: boolean;
  readonly asksCode: boolean;
  /** True when a text is to be worked on or written: a summary, a translation, an extract, a letter. Numbers in it are no final answer. */
  readonly asksText: boolean;
  /** True where a comma between figures may be that of a decimal fraction: no word of the question is English. */
  readonly writesCommas: boolean;
  /** What stands in the text, and the patterns that may match it or the question. */
  readonly scan: TextScan;
}

const views = new Recent<ModelRequest, RequestView>();

/** The view of a request; the same object for the same request, as long as few others are asked for. */
export function requestView(request: ModelRequest): RequestView {
  return views.get(request) ?? views.set(request, readRequest(request));
}

const heading = gated(/^[ \t]{0,8}#{0,6}[ \t]{0,8}(?:\*\*)?(?:question|problem|task|q)(?:\*\*)?[ \t]{0,8}:[ \t]{0,8}/gim, ':');
const formatTalk = gated(/^[ \t]{0,8}(?:#{1,6}[ \t]{0,8})?(?:instructions?|response|answer format|output format|please answer this question by|present your reasoning|provide the correct answer)\b/im, 'instruction response answer output please present provide');
const jsonAsked = gated(/\bjson\b/i, 'json');
const numberAsked = gated(/\bhow (?:many|much|long|old|far|tall|fast|often|heavy)\b|\bwhat (?:is|was|are) the (?:total|sum|number|amount|value|average|area|volume|probability|remainder|cost|price|percentage|smallest|largest|least|greatest)|\b(?:calculate|compute|evaluate)\b|\b(?:combien|wie ?viele?|cu[aá]nt[oa]s?|quanti|сколько)\b|多少|いくつ|几/i, 'how what calculate compute evaluate combien wie cuant quanti');
const yesNoStart = /^(?:is|are|was|were|do|does|did|can|could|will|would|should|has|have|had|am|may|must)\b/i;
const codeAsked = gated(/```|\b(?:function|python|javascript|typescript|java|sql|regex|regexp|code|script|class|program|def|implement|pandas|numpy|dataframe|docker|dockerfile|kubectl|kubernetes|linux|bash|zsh|powershell|node|nodejs|npm|react|vue|php|laravel|ruby|kotlin|golang|mysql|postgres|postgresql|sqlite|mongodb|yaml|systemd|cron|crontab|nginx|vim|curl|django|flask|jsx|tsx|vba|openssl|git)\b|\bc(?:\+\+|#)|(?<!\w)\.net\b|^(?:r|c|go|js|ts|excel|ruby|rust|swift|bash)\s?:|\bexcel formula\b|(?:funktion|fonction|función|função|funzione) (?:in|en|em|auf|que|qui|die|che)\b|функци|функція|関数|函数|함수|скрипт|脚本|正则|正規表現|정규식/i, '` function python javascript typescript java sql regex regexp code script class program def implement pandas numpy dataframe docker dockerfile kubectl kubernetes linux bash zsh powershell node nodejs npm react vue php laravel ruby kotlin golang mysql postgres postgresql sqlite mongodb yaml systemd cron crontab nginx vim curl django flask jsx tsx vba openssl git c net r go js ts excel ruby rust swift bash funktion fonction funzione');

/** How a request begins, or a sentence of it, that wants a text worked on or written. */
const textAsked =
  /(?:^|[.!?:\n"”][ \t]{0,3})(?:(?:please|(?:can|could|would) you(?: please)?|bitte)[, ]{1,2})?(?:summari[sz]e|sum up|condense|shorten|make (?:(?:this|it) (?:short|long|clear|more )|(?:this |it )?(?:more )?(?:formal|polite|professional|friendl)|short)|translate|paraphrase|rephrase|rewrite|reword|proofread|correct the|fix the (?:gram|spel|typo)|edit|extract|classify|draft|compose|write (?:me )?(?:an?|the|two|three|four|five|some)\b(?![^.\n]{0,60}\b(?:number|fraction|equation|expression|f(?:ormula|unction)|sum)\b)|give me a short summary|fasse|übersetz|schreib|formulier|korrigier|extrahier|résume|tradu|réécri|rédige|écri|extrai|corrige|resum|reescr|redacta|escrib|extrae|riassum|riscriv|scriv|estra|escreva|vat |vertaal|herschrijf|schrijf|skriv|yaz(?= |$)|tulis|scrie|przetłumacz|napisz|переведи|кратко|напиши|перескажи)|^[把将]|翻译|总结|摘要|概括|改写|要約|翻訳|요약|번역/iu;

function readRequest(request: ModelRequest): RequestView {
  const text = clip(lastUserText(request.messages), requestCap / 2, requestCap / 2);
  let instructions = '';
  for (const message of request.messages) if (message.role === 'system') instructions += `${toText(message).slice(0, 2000)}\n`;
  const scan = scanText(text);
  const question = questionOf(text, scan);
  const words = wordsOf(question);
  const writesCommas = shareOf(words, 'en') === 0;
  const numbers = numbersOf(writesCommas ? withDecimalPoints(question) : question).map((number) => number.value);
  for (const word of words) {
    const value = spelledNumber(word);
    if (value !== undefined && value > 1) numbers.push(value);
  }
  const format = request.responseFormat?.type ?? 'text';
  const asksText = textAsked.test(question);
  return {
    text,
    instructions,
    question,
    words,
    numbers,
    options: text.includes('\n') ? optionsOf(text) : [],
    asksJson: format !== 'text' || has(jsonAsked, scan, text) || (instructions !== '' && jsonAsked.pattern.test(instructions)),
    asksNumber: !asksText && has(numberAsked, scan, question),
    asksYesNo: yesNoStart.test(question),
    asksCode: has(codeAsked, scan, question),
    asksText,
    writesCommas,
    scan,
  };
}

function has(pattern: Gated, scan: TextScan, text: string): boolean {
  return mayMatch(pattern, scan) && pattern.pattern.test(text);
}

/** The last headed question of a prompt, its format instructions left out; the whole text when nothing is marked. */
function questionOf(text: string, scan: TextScan): string {
  let start = 0;
  for (const match of mayMatch(heading, scan) ? text.matchAll(heading.pattern) : []) {
    const from = match.index + match[0].length;
    if (text.slice(from, from + 200).trim().length > 20) start = from;
  }
  const rest = text.slice(start);
  const end = mayMatch(formatTalk, scan) ? rest.search(formatTalk.pattern) : -1;
  const question = (end > 20 ? rest.slice(0, end) : rest).trim();
  return question === '' ? text.trim() : question;
}
