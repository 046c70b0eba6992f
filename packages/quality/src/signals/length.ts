import { gated, mayMatch } from '../text/gates.ts';
import { spelledNumber } from '../text/numbers.ts';
import type { RequestView } from '../text/request-view.ts';
import { viewSignal } from './define-signal.ts';

/** Natural logarithm of one plus the number of words of the explanation. */
export const draftLength = viewSignal('draft-length', ({ wordCount }) => Math.log1p(wordCount));

/** Logarithm of the draft's words over the question's. */
export const lengthRatio = viewSignal('length-ratio', ({ wordCount, request }) => Math.log((wordCount + 5) / (request.words.length + 5)));

const askedWords = gated(/\b(?:in |about |around |approximately |at least |at most |under |up to |within |no more than |maximum(?: of)? |minimum(?: of)? )?(\d{1,5}|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|forty|fifty)(?:[- ](?:to|–)[- ]\d+)?[- ]words?\b(?! (?:that|which|for|with|starting|beginning|meaning|related))/i, '0 1 2 3 4 5 6 7 8 9 three four five six seven eight nine ten twelve fifteen twenty thirty forty fifty');
const atMost = /\b(?:at most|under|up to|within|no more than|maximum|less than|fewer than|not exceed)\b/i;
/** The most words a request allows, `undefined` when it sets no such limit. */
export function wordLimit(request: RequestView): number | undefined {
  const { question } = request;
  const match = findLimit(request);
  return match?.[1] && atMost.test(question.slice(Math.max(0, match.index - 20), match.index + match[0].length)) ? toNumber(match[1]) : undefined;
}

/** Figures alone open the gate of most long requests; few of those speak of words. */
function findLimit({ question, scan }: RequestView): RegExpExecArray | null {
  return mayMatch(askedWords, scan) && /word/i.test(question) ? askedWords.pattern.exec(question) : null;
}

function toNumber(figure: string): number {
  return spelledNumber(figure.toLowerCase()) ?? Number(figure);
}

const longForm = gated(/\b(?:essay|article|blog ?post|(?<!the )report(?!ed|s? (?:now|by|that|to|is|was))|story|letter|in detail|detailed|comprehensive|step[- ]by[- ]step|guide|tutorial|proposal|speech|explain)\b/i, 'essay article blog report story letter in detailed comprehensive step guide tutorial proposal speech explain');

/** What is quoted, and letters of the alphabet. */
const notAsked = /\b(?:titles?|headlines?|names?|slogans?|subject lines?)\b[^.\n]{0,80}|(?<=\s)'[^'\n]{4,300}'|["“„«][^"“”„»]{1,600}["”“»]|\b(?:which|what|first|last|next|capital) letter|\b(?:with|only|just) (?:the|a|one) (?:\w+ )?letter\b|\bletters? only\b|\b(?:score|grade|rate|classify|label|assess|proofread|correct|translate) (?:the|this|my|following) \w+/gi;

/** How well the length meets a number of words that was asked for: 0 is met, 1 is off by a factor of e and more; nothing when none was asked for. */
export const lengthMiss = viewSignal('length-miss', ({ wordCount, request }) => {
  const match = findLimit(request);
  const wanted = toNumber(match?.[1] ?? '');
  if (!match || !(wanted > 0)) return undefined;
  const miss = Math.log((wordCount + 1) / (wanted + 1));
  if (atMost.test(request.question.slice(Math.max(0, match.index - 20), match.index + match[0].length))) return Math.min(1, Math.max(0, miss));
  return Math.min(1, Math.max(0, Math.abs(miss) - 0.15));
});

const short = /\b(?:short|brief|briefly|(?:one|a single|two) (?:sentences?|lines?|words?))\b/i;

/** 1 for a long text asked for and none given, falling to 0 at forty words, at twenty for an explanation, or at ten where it may be short; nothing when none was asked for. */
export const tooShort = viewSignal('too-short', ({ wordCount, request }) => {
  if (!mayMatch(longForm, request.scan) || !longForm.pattern.test(request.question.replace(notAsked, ' ')) || request.options.length > 0 || request.asksJson || request.asksCode) return undefined;
  const asked = longForm.pattern.exec(request.question)?.[0].toLowerCase();
  return Math.max(0, 1 - wordCount / (short.test(request.question) ? 10 : asked === 'explain' ? 20 : 40));
});
