import type { DraftView } from '../text/draft-view.ts';
import { checkEquations, type CheckedEquation } from '../text/equations.ts';
import { rememberLast } from '../text/remember-last.ts';
import { viewSignal } from './define-signal.ts';

const equations = rememberLast((view: DraftView): readonly CheckedEquation[] => (view.prose.includes('=') ? checkEquations(view.prose) : []));

/** Equations of the draft that are wrong when computed again, at most 5; nothing when the draft computes nothing. */
export const arithmeticErrors = viewSignal('arithmetic-errors', (view) => {
  const checked = equations(view);
  if (checked.length === 0) return undefined;
  return Math.min(5, checked.filter((equation) => !equation.right).length);
});

const percentage = /(\d+(?:\.\d+)?)\s?% of \$?(\d+(?:,\d{3})*(?:\.\d+)?)\s*(?:=|is|are|equals|comes to)\s*\$?(\d+(?:,\d{3})*(?:\.\d+)?)(?![\d%])(?!\s*%)/g;

/** True when a text says that some percentage of a number is another than it is. */
function hasWrongPercentage(text: string): boolean {
  if (!text.includes('%')) return false;
  for (const [, share, of, stated] of text.matchAll(percentage)) {
    const right = (Number(share) * Number(of?.replaceAll(',', ''))) / 100;
    if (Math.abs(Number(stated?.replaceAll(',', '')) - right) > 0.05 * Math.max(1, right)) return true;
  }
  return false;
}

/** 1 when a percentage is wrong, or a sum of plain numbers whose result is used again, stands last or is the answer, 0 when not or where formulas stand; nothing when the draft computes nothing. */
export const arithmeticSlip = viewSignal('arithmetic-slip', (view) => {
  if (hasWrongPercentage(view.prose)) return 1;
  const checked = equations(view);
  if (checked.length === 0) return undefined;
  if (view.prose.includes('\\')) return 0;
  const slip = checked.find((equation) => equation.plain && !equation.right);
  if (!slip) return 0;
  const uses = view.numbers.filter((number) => number.value === slip.stated).length;
  return slip.last || uses > 1 || view.normal?.number === slip.stated || view.numbers.at(-1)?.value === slip.stated ? 1 : 0;
});

/** Equations that could be computed again, at most 30. */
export const equationCount = viewSignal('equations', (view) => Math.min(30, equations(view).length));

/** 1 when the last equation comes to the final answer, 0 when it does not; nothing without both. */
export const answerFollows = viewSignal('answer-follows', (view) => {
  const last = equations(view).at(-1);
  const answer = view.normal?.number;
  if (!last || answer === undefined) return undefined;
  return Math.abs(last.stated - answer) <= 0.011 * Math.max(1, Math.abs(answer)) ? 1 : 0;
});
