import type { DraftView } from '../text/draft-view.ts';

/** The probability that two guesses at the answer agree: a half for yes or no, one in n for n options, 0 for anything open. */
export function chanceOfAgreeing(view: DraftView): number {
  if (view.request.options.length > 1) return 1 / view.request.options.length;
  return view.normal?.kind === 'truth' ? 0.5 : 0;
}
