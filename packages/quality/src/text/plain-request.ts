import type { RequestView } from './request-view.ts';

/** Words up to which a request is short. */
const short = 40;

/** True for a short everyday request: no options, no JSON, no yes-or-no question, no formulas. */
export function isPlain(request: RequestView): boolean {
  if (request.options.length > 0 || request.asksJson || request.asksYesNo || request.words.length > short) return false;
  return !/\\[a-zA-Z]{2}|\$[^\s\d]/.test(request.question);
}
