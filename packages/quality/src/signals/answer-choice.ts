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

/** 1 when an option like "none of the above" is offered. */
export const noneOffered = viewSignal('none-offered', ({ request }) => {
  if (request.options.length === 0) return undefined;
  return request.options.some((option) => /\b(?:none|all|both|neither|cannot be)\b/i.test(option.text)) ? 1 : 0;
});

/** Share of options that are numbers; nothing without options. */
export const numericOptions = viewSignal('numeric-options', ({ request }) => {
  if (request.options.length === 0) return undefined;
  return request.options.filter((option) => /^\W{0,3}\d/.test(option.text)).length / request.options.length;
});

/**
 * How well the explanation supports the chosen option: for a numeric option 1 when its number was computed before, 0.5 when nearly, 0 when not;
 * for a text option the share of its words in the explanation. Nothing without a choice or an explanation.
 */
export const choiceSupported = viewSignal('choice-supported', (view) => {
  const chosen = chosenOption(view);
  if (chosen === undefined || view.wordCount < 15) return undefined;
  return support(chosen, view);
});

/** Highest support among the options that were not chosen, less that of the chosen one. */
export const rivalSupport = viewSignal('rival-support', (view) => {
  const chosen = chosenOption(view);
  if (chosen === undefined || view.wordCount < 15) return undefined;
  const own = support(chosen, view) ?? 0;
  let rival = 0;
  for (const option of view.request.options) if (option.text !== chosen) rival = Math.max(rival, support(option.text, view) ?? 0);
  return rival - own;
});

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
