import type { NormalAnswer } from '../answer/normal-answer.ts';
import { numbersOf, sameNumber } from '../text/numbers.ts';
import type { Option } from '../text/options.ts';

/** Relative difference up to which two numbers count as the same answer, differently rounded. */
const rounding = 0.005;

/** How far two final answers are the same, 0 to 1: 1 for equal, parts of lists and objects count by share, 0 for different. */
export function compareAnswers(a: NormalAnswer, b: NormalAnswer, options: readonly Option[] = []): number {
  if (a.kind === b.kind && a.key === b.key) return 1;
  if (a.number !== undefined && b.number !== undefined) return compareNumbers(a.number, b.number);
  if (a.parts && b.parts) return a.kind === 'set' || b.kind === 'set' ? overlap(a.parts, b.parts) : inOrder(a.parts, b.parts);
  if (a.kind === 'letter' || b.kind === 'letter') return compareOption(a, b, options);
  if (a.number !== undefined && b.kind === 'text') return endsWithNumber(b.key, a.number);
  if (b.number !== undefined && a.kind === 'text') return endsWithNumber(a.key, b.number);
  if (a.kind === 'text' && b.kind === 'text') return compareTexts(a.key, b.key);
  return 0;
}

function compareNumbers(a: number, b: number): number {
  if (sameNumber(a, b)) return 1;
  const whole = Number.isInteger(a) && Number.isInteger(b);
  return !whole && Math.abs(a - b) <= rounding * Math.max(Math.abs(a), Math.abs(b)) ? 0.8 : 0;
}

function compareOption(a: NormalAnswer, b: NormalAnswer, options: readonly Option[]): number {
  const [letter, other] = a.kind === 'letter' ? [a, b] : [b, a];
  if (other.kind !== 'text' || other.key.length < 3) return 0;
  const option = options.find((candidate) => candidate.letter === letter.key);
  return option && option.text.toLowerCase().replace(/[\s*_`"'“”‘’]/g, '').includes(other.key) ? 0.9 : 0;
}

/** A sentence answers with its last number. */
function endsWithNumber(text: string, value: number): number {
  const last = numbersOf(text).at(-1);
  return last && sameNumber(Math.abs(last.value), Math.abs(value)) ? 0.8 : 0;
}

/** One short answer inside the other counts in proportion to what is added; otherwise their letter pairs are compared. */
function compareTexts(a: string, b: string): number {
  if (a === '' || b === '') return 0;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (/\d/.test(short + long)) return digits(a) === digits(b) ? 0.7 * pairs(short, long) : 0;
  if (short.length >= 4 && long.includes(short)) return Math.max(0.6, short.length / long.length);
  const similar = pairs(short, long);
  return similar >= 0.7 ? similar : 0;
}

function digits(text: string): string {
  return text.replace(/\D+/g, ' ').trim();
}

/** Dice coefficient of letter pairs, 0 to 1. */
function pairs(a: string, b: string): number {
  if (a.length < 2 || b.length < 2) return 0;
  const counts = new Map<string, number>();
  for (let index = 1; index < a.length; index++) counts.set(a.slice(index - 1, index + 1), (counts.get(a.slice(index - 1, index + 1)) ?? 0) + 1);
  let shared = 0;
  for (let index = 1; index < b.length; index++) {
    const pair = b.slice(index - 1, index + 1);
    const left = counts.get(pair) ?? 0;
    if (left > 0) {
      shared++;
      counts.set(pair, left - 1);
    }
  }
  return (2 * shared) / (a.length + b.length - 2);
}

function overlap(a: readonly string[], b: readonly string[]): number {
  const left = new Set(a);
  const right = new Set(b);
  let shared = 0;
  for (const part of left) if (right.has(part)) shared++;
  const all = left.size + right.size - shared;
  return all === 0 ? 1 : shared / all;
}

function inOrder(a: readonly string[], b: readonly string[]): number {
  const most = Math.max(a.length, b.length);
  if (most === 0) return 1;
  let same = 0;
  for (let index = 0; index < most; index++) if (a[index] === b[index]) same++;
  return same / most;
}
