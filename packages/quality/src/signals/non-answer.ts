import { toProbability } from '../accept/log-odds.ts';
import { translates } from '../text/asked-language.ts';
import { greets } from '../text/greetings.ts';
import type { DraftView } from '../text/draft-view.ts';
import { rememberLast } from '../text/remember-last.ts';
import type { RequestView } from '../text/request-view.ts';
import { talkLogOdds } from '../text/talk.ts';
import { mends } from '../text/what-is-asked.ts';
import { asksForWords } from './empty-talk.ts';
import { viewSignal } from './define-signal.ts';

/** Words up to which a draft is looked at, and from which it can be talk. */
const most = 120;
const fewest = 6;
/** Words up to which a draft has too few to tell by. */
const few = 12;
/** What is taken from the log-odds of such drafts, and of a text that was to be written: it thanks, apologises and declines for somebody. */
const held = { few: 1.5, written: 3 };

/** News that somebody tells: "I passed!" */
const news = /[!！]\s*$/;
const fewNews = 10;

/** True for a request whose answers talk is no answer to. */
const mayBeTalkedAround = rememberLast((request: RequestView): boolean => request.options.length === 0 && !translates(request) && !greets(request.text) && !mends(request) && !(request.words.length <= fewNews && news.test(request.text)));

/** True for a draft that is looked at: no long one, no choice, no code, no translation, no correction and no greeting. */
export function mayBeTalk({ wordCount, request, text }: DraftView): boolean {
  return wordCount >= fewest && wordCount <= most && !text.includes('```') && mayBeTalkedAround(request);
}

/** Probability that a draft is a refusal, or talk without an answer, from the words that it adds to the request's, 0 to 1; nothing for long drafts, choices, code, translations, corrections and greetings. */
export const nonAnswer = viewSignal('non-answer', (view) => {
  const logOdds = mayBeTalk(view) ? talkLogOdds(view) : undefined;
  return logOdds === undefined ? undefined : toProbability(logOdds - (view.request.asksText || asksForWords.test(view.request.question) ? held.written : view.wordCount < few ? held.few : 0));
});
