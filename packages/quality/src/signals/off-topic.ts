import { translates } from '../text/asked-language.ts';
import { isFunctionWord } from '../text/language.ts';
import { clip } from '../text/limits.ts';
import { viewSignal } from './define-signal.ts';

/** Words from which a draft is long enough to be about something else. */
const enough = 10;
/** Letters by which words are compared, so that endings do not count. */
const stem = 4;

/** Characters at either end of a long request in which it says what it wants. */
const askingPart = 600;
/** Asks for something made up, which shows its topic without naming it. */
const invents = /\b(?:poem|haiku|limerick|sonnet|verse|lyrics?|song|rap|joke|pun|riddle|slogan|tagline|subject line|headline|title|caption|tweet|toast|story|tale|gedicht|witz|poème|blague|poema|chiste|poesia|barzelletta|стих\p{L}*|шутк\p{L}*)\b|俳句|诗|笑话|詩/iu;

/** Asks for the meaning of a phrase, which is told in other words. */
const explainsPhrase = /["“«„][^"”»“]{2,80}["”»“][^.\n]{0,20}\bmeans?\b|\bmean(?:s|ing)?\b[^.\n]{0,40}["“«„]/i;

/** 1 for a draft of some length that takes up no content word of the question, is no advice, list or made-up text, and gives no final answer, otherwise 0; nothing for short drafts and translations. */
export const offTopic = viewSignal('off-topic', (view) => {
  if (view.wordCount < enough || view.request.options.length > 0 || view.text.includes('```') || translates(view.request)) return undefined;
  if (view.answer && view.answer.source !== 'whole') return 0;
  const takesUp = view.words.length > fewWords ? setOf(view.words) : listOf(view.words);
  let isTaken = false;
  let first: string | undefined;
  let others = 0;
  for (const word of view.request.words) {
    if (!isContent(word)) continue;
    const asked = word.slice(0, stem);
    first ??= asked;
    if (asked !== first) others++;
    isTaken ||= takesUp(asked);
    if (isTaken && others > 0) return 0;
  }
  if (others === 0) return undefined;
  if (givesAdvice(view.prose)) return 0;
  const asked = clip(view.request.question, askingPart, askingPart);
  return invents.test(asked) || explainsPhrase.test(asked) ? 0 : 1;
});

/** A draft of so few words is looked through faster than a set of them is made. */
const fewWords = 60;

function setOf(words: readonly string[]): (asked: string) => boolean {
  const given = new Set(words.map((word) => word.slice(0, stem)));
  return (asked) => given.has(asked);
}

function listOf(words: readonly string[]): (asked: string) => boolean {
  return (asked) => words.some((word) => word.startsWith(asked) && (word.length === asked.length || asked.length === stem));
}

function isContent(word: string): boolean {
  return word.length >= 3 && !isFunctionWord(word) && !common.has(word);
}

const common = new Set('give tell name write list please explain describe some into many much make good best short sentence'.split(' '));

/** Advice begins with a list, or with a verb and its object: "Put the stems in water". It need not repeat what was asked. */
function givesAdvice(text: string): boolean {
  return /^\s{0,4}(?:[-*•]|\d{1,2}[.)])\s/.test(text) || /^\s{0,4}(?!(?:the|to|in|on|at|for|if|when|it|this|that|there|a|an)\b)\p{L}+ (?:the|a|an|to|your|it|them|on|in|out|up|der|die|das|den|einen|le|la|les|el|los|las)\b/iu.test(text);
}
