import { sameNumber } from '../text/numbers.ts';
import { viewSignal } from './define-signal.ts';

/** Share of the question's distinct numbers that the draft never mentions; nothing for fewer than two numbers. */
export const unusedNumbers = viewSignal('unused-numbers', ({ request, numbers, words }) => {
  const asked = [...new Set(request.numbers)].slice(0, 20);
  if (asked.length < 2) return undefined;
  const used = new Set(numbers.map((number) => Math.abs(number.value)));
  const spelled = new Set(words);
  let unused = 0;
  for (const value of asked) if (!used.has(Math.abs(value)) && !used.has(Math.abs(value) * 100) && !used.has(Math.abs(value) / 100) && !spelled.has(String(value))) unused++;
  return unused / asked.length;
});

/** Numbers of the draft that are neither in the question nor repeated, as a logarithm: how much was computed. */
export const newNumbers = viewSignal('new-numbers', ({ request, numbers }) => {
  const known = new Set(request.numbers);
  const fresh = new Set<number>();
  for (const number of numbers) if (!known.has(number.value)) fresh.add(number.value);
  return Math.log1p(fresh.size);
});

/** What kind of number the answer is: 0 a whole number, 1 with two decimals or fewer, 2 with more; nothing when it is no number. */
export const answerDecimals = viewSignal('answer-decimals', ({ normal }) => {
  if (normal?.number === undefined) return undefined;
  if (Number.isInteger(normal.number)) return 0;
  return Number.isInteger(Math.round(normal.number * 1e8) / 1e6) ? 1 : 2;
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

/** Length of the final answer in characters, as a logarithm: long formulas are wrong more often than short ones. */
export const answerLength = viewSignal('answer-length', ({ answer }) => (answer ? Math.log1p(answer.text.trim().length) : undefined));

const kinds: { readonly [kind: string]: number } = { truth: 0, letter: 1, date: 2, text: 6, list: 7, set: 7, object: 8 };

/** What kind of answer it is, from plain to involved: 0 yes or no, 1 letter, 2 date, 3 whole number, 4 other number, 5 formula, 6 text, 7 list, 8 object. */
export const answerKind = viewSignal('answer-kind', ({ normal, answer }) => {
  if (!normal || !answer) return undefined;
  if (normal.number !== undefined) return Number.isInteger(normal.number) ? 3 : 4;
  return normal.kind === 'text' && /[\\^]|\d[a-z(]|sqrt|pi/.test(answer.text) ? 5 : kinds[normal.kind];
});
