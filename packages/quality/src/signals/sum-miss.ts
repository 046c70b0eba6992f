import { hasFigure } from './asked-form.ts';
import { agrees, checkEquations, evaluate, withDecimalPoints, withoutEmphasis } from '../text/equations.ts';
import { missesDays } from '../text/calendar.ts';
import { missesTime } from '../text/clock.ts';
import { missesConversion } from '../text/measures.ts';
import { hasWrongTotal } from '../text/totals.ts';
import type { RequestView } from '../text/request-view.ts';
import { numbersOf } from '../text/numbers.ts';
import { rememberLast } from '../text/remember-last.ts';
import { viewSignal } from './define-signal.ts';
import { missesPercentage, missesStory } from './word-problem.ts';

/** Characters of a question up to which a sum is looked for in it. */
const longestQuestion = 120;
/** Characters of a question up to which times of day are worked out. */
const longestStory = 300;
/** Words up to which a draft must give the result. */
const longestReply = 25;
/** Words up to which a draft's steps with units are computed again. */
const longestWorking = 120;
/** Words from which a draft without a figure gives no result; a bare word may be a number in a language that is not known. */
const fewestWords = 3;

const figure = '\\d+(?:,\\d{3})*(?:\\.\\d+)?';
const sum = new RegExp(`(?<![\\d.,/:a-z-])(${figure}(?:\\s*[×x*÷+]\\s*${figure}|\\s+[-−/]\\s+${figure}){1,5})(?![\\d.,:/%a-z]*[\\da-z%])`, 'i');
const percentOf = new RegExp(`(${figure})\\s?%\\s(?:of|von|de|di|do|van|av|af|z|от)\\s[$€£]?(${figure})(?![\\d%])`, 'i');
const spoken = new RegExp(`(${figure}) (plus|minus|times|maal|keer|gånger|razy|плюс|минус|умножить на|разделить на|gedeeld door|diviso|dividido (?:por|entre)|divisé par|delat med|multiplied by|divided by|mal|geteilt durch|fois|por|per|più|meno|más|menos|plus|moins) (${figure})\\b`, 'i');
const operators: { readonly [word: string]: string } = { plus: '+', 'más': '+', 'più': '+', minus: '-', menos: '-', meno: '-', moins: '-', 'плюс': '+', 'минус': '-', 'разделить на': '/', 'gedeeld door': '/', diviso: '/', 'dividido por': '/', 'dividido entre': '/', 'divisé par': '/', 'delat med': '/', 'divided by': '/', 'geteilt durch': '/' };
/** "half of 250", "the square of 12" */
const portion = new RegExp(`\\b(half|a quarter|a third|double|twice|triple|the square) (?:of )?(?:the )?(${figure})(?![\\d%]|\\s?[-+*/×÷])`, 'i');
const portions: { readonly [word: string]: (of: number) => number } = { half: (of) => of / 2, 'a quarter': (of) => of / 4, 'a third': (of) => of / 3, double: (of) => of * 2, twice: (of) => of * 2, triple: (of) => of * 3, 'the square': (of) => of * of };
/** "the average of 10, 20 and 60" */
const ofList = new RegExp(`\\b(average|mean|sum|product) of (?:the numbers )?(${figure}(?:(?:, | and |, and )${figure}){1,9})(?![\\d%])`, 'i');
/** "5x - 7 = 18" */
const linear = /(?<![\w.])(\d*)\s?([xyz])\s?([-+−])\s?(\d+(?:\.\d+)?)\s?=\s?(\d+(?:\.\d+)?)(?![\d.]|\s?[-+*/x(])/i;

/** What a request asks to be computed: its result, or the value of a variable. */
interface AskedSum {
  readonly value: number;
  readonly variable?: string;
}

/** Characters before a sum and, within its sentence, after it, when the sum is all that is asked. */
const around = { before: 40, after: 16 };
/** Asks for something else than the result itself. */
const asksElse = /perimet|périm|umfang|omtrek|diagonal|volum|remainder|digit|round|\bmod|\brest\b|binary|than\b|left\b|remain|sign\b|even\b|odd\b|prime/i;

/** The match of a pattern, where nothing else stands in the question that could change the result. */
function alone(pattern: RegExp, question: string): RegExpExecArray | undefined {
  const match = pattern.exec(question);
  if (!match || match.index > around.before) return undefined;
  const rest = question.slice(match.index + match[0].length);
  const sentence = rest.search(/[?.!=:\n]|$/);
  return sentence <= around.after && !/\d/.test(question.slice(0, match.index) + rest) ? match : undefined;
}

const askedSum = rememberLast(({ question }: RequestView): AskedSum | undefined => {
  if (question.length > longestQuestion || !/\d/.test(question)) return undefined;
  const [, factor, variable, sign, added, right] = linear.exec(question) ?? [];
  if (variable !== undefined) return { value: (Number(right) - (sign === '+' ? 1 : -1) * Number(added)) / Number(factor || 1), variable };
  if (asksElse.test(question)) return undefined;
  const [, share, whole] = alone(percentOf, question) ?? [];
  if (share !== undefined) return { value: (toNumber(share) * toNumber(whole ?? '')) / 100 };
  const [, kind = '', list] = alone(ofList, question) ?? [];
  if (list !== undefined) {
    const terms = list.split(/, and | and |, /).map(toNumber);
    const total = terms.reduce((sofar, term) => (kind.toLowerCase() === 'product' ? sofar * term : sofar + term));
    return { value: /average|mean/i.test(kind) ? total / terms.length : total };
  }
  const [, part = '', of = ''] = alone(portion, question) ?? [];
  if (of !== '') return { value: portions[part.toLowerCase()]?.(toNumber(of)) ?? Number.NaN };
  const [, first = '', word = '', second = ''] = alone(spoken, question) ?? [];
  const expression = word === '' ? alone(sum, question)?.[1]?.replace(/[×x]/gi, '*') : `${first}${operators[word.toLowerCase()] ?? '*'}${second}`;
  const value = expression === undefined ? undefined : evaluate(expression);
  return value === undefined ? undefined : { value };
});

function toNumber(text: string): number {
  return Number(text.replaceAll(',', ''));
}

/** True when a number of the draft may be the result, rounded as it is written. */
function isResult(value: number, given: number): boolean {
  return Math.abs(value - given) <= Math.max(0.006 * Math.abs(value), 1e-9);
}

/** Two numbers with one operator and a result, with units or without: "300 g ÷ 4 = 100 g". */
const step = /(?<![\d.,)/^*×·+=÷−$€£-]|[-+*x×·÷/−^(] ?[$€£]?|\p{L})[$€£]?(\d+(?:\.\d+)?) ?((?:[gmlhs€$£]|[a-z]{2,6}(?:\/[a-z]{1,3})?)(?![a-z]))? ?([-+*×÷/−]|(?<= ):(?= )) ?[$€£]?(\d+(?:\.\d+)?) ?((?:[gmlhs€$£]|[a-z]{2,6})(?![a-z]))? ?= ?[$€£]?(\d+(?:,\d{3})*(?:\.\d+)?)(?! ?[-+*×÷/−=^(%]|[\d.,]*\d|[:/]) ?((?:[gmlhs€$£]|[a-z]{2,6})(?![a-z]))?/giu;
function hasWrongStep(text: string): boolean {
  if (!text.includes('=') || text.includes('\\')) return false;
  for (const [, left = '', leftUnit, operator = '', right = '', rightUnit, stated = '', unit] of withoutEmphasis(text).matchAll(step)) {
    if ('+-−'.includes(operator) && (leftUnit !== rightUnit || (leftUnit !== undefined && leftUnit !== unit))) continue;
    const value = evaluate(`${left}${operator.replace('×', '*').replace(':', '/')}${right}`);
    if (value !== undefined && !agrees(value, toNumber(stated), stated, false)) return true;
  }
  return false;
}

/** How far a result after "≈" may be off. */
const roughly = 0.06;

/** True for a text with a rounded result, or one of halves and quarters, that is another than what stands before it: "38 ÷ 540 × 100 ≈ 8.1". */
function isFarOff(text: string): boolean {
  if (!/[≈½¼¾]/.test(text)) return false;
  return checkEquations(text.replaceAll('≈', '=').replaceAll('½', '0.5').replaceAll('¼', '0.25').replaceAll('¾', '0.75')).some(({ computed, stated, right }) => !right && Math.abs(computed - stated) > roughly * Math.max(Math.abs(computed), Math.abs(stated)));
}

/** 1 when a short draft gives another result than the sum, percentage or equation of the request has, or a step with units is wrong, otherwise 0; nothing where nothing is to be computed. */
export const sumMiss = viewSignal('sum-miss', (view) => {
  const { text, prose, wordCount, request } = view;
  if (wordCount <= longestWorking && (hasWrongStep(request.writesCommas ? withDecimalPoints(prose) : prose) || isFarOff(prose) || hasWrongTotal(text))) return 1;
  if (request.asksCode || request.options.length > 0) return undefined;
  if (request.numbers.length === 0) return undefined;
  const misses = missesDays(request.question, text) ?? missesConversion(request.question, text) ?? (missesPercentage(view) || undefined) ?? missesStory(view) ?? (request.question.length <= longestStory && /\d/.test(request.question) && wordCount <= longestWorking ? missesTime(request.question, text) : undefined);
  if (misses !== undefined) return misses ? 1 : 0;
  const asked = askedSum(request);
  if (!asked || !Number.isFinite(asked.value)) return undefined;
  if (asked.variable !== undefined) {
    const given = [...text.matchAll(new RegExp(`(?<!\\w)${asked.variable}\\s?=\\s?([-−]?\\d+(?:\\.\\d+)?)(?![\\d/])`, 'gi'))].at(-1)?.[1];
    return given === undefined ? undefined : isResult(asked.value, Number(given.replace('−', '-'))) ? 0 : 1;
  }
  if (wordCount > longestReply) return undefined;
  const numbers = numbersOf(withDecimalPoints(text));
  if (numbers.length === 0) return (wordCount >= fewestWords || /^(?:what|how|calculate|compute)\b/i.test(request.question)) && !hasFigure(text) ? 1 : undefined;
  if (/\/|\\|:/.test(text)) return undefined;
  return numbers.some(({ value }) => isResult(Math.abs(asked.value), Math.abs(value))) ? 0 : 1;
});
