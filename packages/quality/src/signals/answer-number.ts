import { sameNumber } from '../text/numbers.ts';
import { askedLabels } from '../text/asked-labels.ts';
import { looksLikeCode } from '../text/code-language.ts';
import type { DraftView } from '../text/draft-view.ts';
import { viewSignal } from './define-signal.ts';

/** Share of the question's distinct numbers that the draft never mentions; nothing for fewer than two numbers, or where a text was asked for. */
export const unusedNumbers = viewSignal('unused-numbers', ({ request, numbers, words }) => {
  if (request.numbers.length < 2 || request.asksText) return undefined;
  const asked = [...new Set(request.numbers)].slice(0, 20);
  if (asked.length < 2) return undefined;
  let unused = 0;
  for (const value of asked) {
    const size = Math.abs(value);
    const isUsed = numbers.some(({ value: given }) => Math.abs(given) === size || Math.abs(given) === size * 100 || Math.abs(given) === size / 100);
    if (!isUsed && !words.includes(String(value))) unused++;
  }
  return unused / asked.length;
});

/** Numbers of the draft that are neither in the question nor repeated, as a logarithm: how much was computed. */
export const newNumbers = viewSignal('new-numbers', ({ request, numbers }) => {
  if (numbers.length === 0) return 0;
  const known = new Set(request.numbers);
  const fresh = new Set<number>();
  for (const number of numbers) if (!known.has(number.value)) fresh.add(number.value);
  return Math.log1p(fresh.size);
});

/** Where the final number is first mentioned, as a share of the draft: late for one that was derived, 1.5 when it only stands in the answer itself. Nothing when it is no number. */
export const answerFirst = viewSignal('answer-first', ({ normal, numbers, prose }) => {
  const value = normal?.number;
  if (value === undefined) return undefined;
  const first = numbers.find((number) => sameNumber(Math.abs(number.value), Math.abs(value)));
  return first ? first.start / Math.max(1, prose.length) : 1.5;
});

/** Logarithm of the largest number of the draft: calculations that go wrong grow. Nothing without numbers. */
export const largestNumber = viewSignal('largest-number', ({ numbers }) => {
  let largest = -1;
  for (const { value } of numbers) largest = Math.max(largest, Math.abs(value));
  return largest < 0 ? undefined : Math.log1p(largest);
});

/** Logarithm of the answer's size; negative answers count below zero. Nothing when it is no number. */
export const answerSize = viewSignal('answer-size', ({ normal }) => {
  if (normal?.number === undefined) return undefined;
  return Math.sign(normal.number) * Math.log1p(Math.abs(normal.number));
});

/** 1 when the answer merely repeats a number of the question, 0 when it does not; nothing when it is no number. */
export const answerFromQuestion = viewSignal('answer-from-question', ({ normal, request }) => {
  const value = normal?.number;
  if (value === undefined || request.numbers.length === 0) return undefined;
  return request.numbers.some((number) => sameNumber(number, value)) ? 1 : 0;
});

/** How often the explanation mentions the final number, as a logarithm; 0 when the answer comes from nowhere. Nothing when it is no number or all there is. */
export const answerMentions = viewSignal('answer-mentions', ({ normal, numbers, wordCount }) => {
  const value = normal?.number;
  if (value === undefined || wordCount < 12) return undefined;
  return Math.log1p(numbers.filter((number) => sameNumber(number.value, value) || sameNumber(number.value, -value)).length);
});

/** True for a program and a JSON document: they are no final answer that comes of a derivation, and their length says nothing. */
function isOpen({ answer, textScan, request }: DraftView): boolean {
  if (answer?.source === 'code' || answer?.source === 'json') return true;
  return answer?.source === 'whole' && (request.asksCode || looksLikeCode(answer.text, textScan));
}

/** True for one of the answers that the request allows in its own words: it is chosen as a letter is. */
function isLabel({ answer, wordCount, request }: DraftView): boolean {
  return answer !== undefined && wordCount <= longestLabel && answer.text.length <= longestText && (askedLabels(request)?.labels.includes(answer.text.toLowerCase().replace(/[\s"'“”*.!]+$|^["'“”*]+/g, '')) ?? false);
}

/** Words and characters that such an answer has at most. */
const longestLabel = 4;
const longestText = 80;

/** Length of the final answer in characters, as a logarithm: long formulas are wrong more often than short ones. */
export const answerLength = viewSignal('answer-length', (view) => (view.answer && !isOpen(view) && !isLabel(view) ? Math.log1p(view.answer.text.trim().length) : undefined));

const kinds: { readonly [kind: string]: number } = { truth: 0, letter: 1, date: 2, text: 6, list: 7, set: 7, object: 8 };

/** What kind of answer it is, from plain to involved: 0 yes or no, 1 letter, 2 date, 3 number, 5 formula, 6 text, 7 list, 8 object. */
export const answerKind = viewSignal('answer-kind', (view) => {
  const { normal, answer } = view;
  if (!normal || !answer || isOpen(view)) return undefined;
  if (isLabel(view)) return kinds.letter;
  if (normal.number !== undefined) return 3;
  return normal.kind === 'text' && /[\\^]|\d[a-z(]|sqrt|pi/.test(answer.text) ? 5 : kinds[normal.kind];
});
