import type { RequestView } from './request-view.ts';

/** Words up to which a request is short. */
const short = 40;
/** Characters up to which a request for JSON is short, its instructions included. */
const shortJson = 300;

/** True for a short everyday request: no options, no yes-or-no question, no formulas, no long instructions about JSON. */
export function isPlain(request: RequestView): boolean {
  if (request.options.length > 0 || (request.asksJson && request.text.length + request.instructions.length > shortJson) || request.asksYesNo || request.words.length > short) return false;
  return !/\\[a-zA-Z]{2}|\$[^\s\d]/.test(request.question);
}
