import type { DraftView } from '../text/draft-view.ts';
import { numbersOf, sameNumber } from '../text/numbers.ts';
import { rememberLast } from '../text/remember-last.ts';
import { viewSignal } from './define-signal.ts';

/** 1 when the answer is yes or true, 0 when it is no or false; nothing for other answers. Models say yes too often. */
export const answerTruth = viewSignal('answer-truth', ({ normal }) => (normal?.kind === 'truth' ? (normal.key === 'true' ? 1 : 0) : undefined));

/** Place of the chosen option, 0 for A; nothing without options or choice. */
export const answerPlace = viewSignal('answer-place', ({ normal, request }) =>
  request.options.length > 0 && normal?.kind === 'letter' ? normal.key.charCodeAt(0) - 65 : undefined,
);

/**
 * How well the explanation supports the chosen option: for a numeric option 1 when its number was computed before, 0.5 when nearly, 0 when not;
 * for a text option the share of its words in the explanation. Nothing without a choice or an explanation.
 */
export const choiceSupported = viewSignal('choice-supported', (view) => {
  const chosen = chosenOption(view);
  if (chosen === undefined || view.wordCount < 15) return undefined;
  return support(chosen, view);
});

/** How many options that were not chosen the draft quotes as they stand. Nothing without a choice or an explanation. */
export const rivalsQuoted = viewSignal('rivals-quoted', (view) => {
  const chosen = chosenOption(view);
  if (chosen === undefined || view.wordCount < 15) return undefined;
  const given = view.prose.toLowerCase();
  let quoted = 0;
  for (const { text } of view.request.options) if (text !== chosen && text.length > 2 && given.includes(text.toLowerCase().replace(/\.$/, ''))) quoted++;
  return quoted;
});

/** Numbers before the stated choice that may be what was computed. */
const lastNumbers = 6;

/** How far the chosen number is from the nearest of the last six numbers before the choice was stated, as a share of it, at most 1.5; nothing without a choice among numbers. */
export const choiceGap = viewSignal('choice-gap', (view) => {
  const value = chosenNumber(view);
  if (value === undefined) return undefined;
  let gap = Infinity;
  for (const number of numbersBefore(view, lastNumbers)) gap = Math.min(gap, Math.abs(number - value) / value);
  return Math.min(1.5, gap);
});

/** The same for the very last of these numbers: what was computed last is what should be chosen. */
export const lastGap = viewSignal('last-gap', (view) => {
  const value = chosenNumber(view);
  if (value === undefined) return undefined;
  const last = numbersBefore(view, 1)[0];
  return last === undefined ? undefined : Math.min(1.5, Math.abs(last - value) / value);
});

/** The size of the chosen option where it is a number other than 0. */
function chosenNumber(view: DraftView): number | undefined {
  const chosen = chosenOption(view);
  if (chosen === undefined || !/^\W{0,3}\d/.test(chosen)) return undefined;
  return Math.abs(numbersOf(chosen)[0]?.value ?? 0) || undefined;
}

/** Sizes of the last numbers before the place where the answer is stated. */
function numbersBefore({ numbers, answer, prose, text }: DraftView, most: number): readonly number[] {
  const end = answer?.at !== undefined && prose === text ? answer.at : prose.length;
  let count = numbers.length;
  while (count > 0 && (numbers[count - 1]?.start ?? 0) >= end) count--;
  return numbers.slice(Math.max(0, count - most), count).map((number) => Math.abs(number.value));
}

function chosenOption({ normal, request }: DraftView): string | undefined {
  return normal?.kind === 'letter' ? request.options.find((option) => option.letter === normal.key)?.text : undefined;
}

function support(option: string, view: DraftView): number | undefined {
  const value = numbersOf(option)[0]?.value;
  if (value !== undefined && /^\W{0,3}\d/.test(option)) {
    const body = view.numbers.slice(0, -1);
    if (body.some((number) => sameNumber(Math.abs(number.value), Math.abs(value)))) return 1;
    return body.some((number) => Math.abs(Math.abs(number.value) - Math.abs(value)) <= 0.02 * Math.abs(value)) ? 0.5 : 0;
  }
  const words = option.toLowerCase().match(/[\p{L}\p{N}]{4,}/gu);
  if (!words) return undefined;
  const given = wordSet(view);
  return words.filter((word) => given.has(word.slice(0, 6))).length / words.length;
}

const wordSet = rememberLast((view: DraftView): ReadonlySet<string> => new Set(view.words.map((word) => word.slice(0, 6))));
