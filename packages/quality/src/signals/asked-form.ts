import { askedLabels } from '../text/asked-labels.ts';
import { translates } from '../text/asked-language.ts';
import { inlineOptionsOf } from '../text/options.ts';
import { countAsked, countItems } from './form.ts';
import { viewSignal } from './define-signal.ts';

/** Words up to which a draft is an answer without an explanation. */
const bare = 4;

/** 1 for a draft that gives none of the answers which the request allows, 0 for one that does; nothing where none are named. */
export const offLabel = viewSignal('off-label', (view) => {
  const asked = askedLabels(view.request);
  if (asked) {
    const given = view.text.toLowerCase();
    if (asked.labels.some((label) => given.includes(label) || sameAnswer(label, given))) return 0;
    return asked.strict || view.wordCount <= 2 ? 1 : undefined;
  }
  if (view.wordCount > bare) return undefined;
  if (view.request.options.length > 0) return view.answer ? 0 : 1;
  const options = inlineOptionsOf(view.request.text);
  if (options.length === 0) return undefined;
  const letters: readonly string[] = view.text.toUpperCase().match(/(?<!\p{L})[A-H](?!\p{L})/gu) ?? [];
  const given = denseOf(view.text);
  const namesOne = options.some(({ letter, text }) => letters.includes(letter) || (letters.length === 0 && (denseOf(text).includes(given) || given.includes(denseOf(text)))));
  return namesOne ? 0 : 1;
});

const truths: readonly (readonly [string, RegExp])[] = [
  ['yes', /^\W*(?:yes|true|ja|oui|s[ií]|да)(?!\p{L})/iu],
  ['no', /^\W*(?:no|false|nein|non|нет)(?!\p{L})/iu],
];

/** A label in another language, or true for yes. */
function sameAnswer(label: string, given: string): boolean {
  return truths.some(([, pattern]) => pattern.test(label) && pattern.test(given));
}

function denseOf(text: string): string {
  return text.toLowerCase().replace(/[\s.,;:!?*"'`]+/g, '');
}

/** 1 minus the share of the items asked for that a short list has, marked, on lines or between commas; nothing for longer texts or where no number is asked for. */
export const fewItems = viewSignal('few-items', ({ text, request, wordCount, answer }) => {
  const wanted = countAsked(request);
  if (wanted === undefined || wanted < 2 || wordCount > wanted * 5 || answer?.source === 'json') return undefined;
  return Math.max(0, 1 - countItems(text) / wanted);
});

const jsonDemanded = /\b(?:return|output|respond|reply|give|provide|produce|generate|extract|answer|format|write|convert)\b[^.\n]{0,60}\bjson\b(?! (?:schema|parser|library|file format))|\b(?:as|in|only|valid) (?:a |an )?(?:valid )?json\b/i;

/** 1 when the request wants JSON and the draft has none, 0 when it has; nothing otherwise. */
export const jsonMiss = viewSignal('json-miss', (view, { request, draft }) => {
  if (!view.request.asksJson || view.request.asksCode || draft.toolCalls.length > 0 || (request.responseFormat && request.responseFormat.type !== 'text')) return undefined;
  if (!jsonDemanded.test(view.request.question)) return undefined;
  return view.json?.whole ? 0 : 1;
});

const programAsked = /\b(?:write|give|show|create|implement|provide|need|want)\b[^.\n]{0,40}\b(?:function|type|interface|rule|script|one-liner|query|regex(?:p|es)?|regular expression|program|snippet|class|method|command|code)\b/i;
const programMark = /[{}()[\]=;<>|$`*\\/^]|--?\w|\b[A-Z]{3,} |^\s{2,}\w/m;

/** 1 when a program is asked for and the draft has no character of one, 0 when it may have one; nothing where none is asked for. */
export const codeMiss = viewSignal('code-miss', ({ text, wordCount, request }) => {
  if (!request.asksCode && !/\b(?:one-liner|command)\b/i.test(request.question)) return undefined;
  if (!programAsked.test(request.question)) return undefined;
  return programMark.test(text) || wordCount <= 3 ? 0 : 1;
});

/** Words from which a copy is no accident. */
const copied = 4;
/** Words up to which a copy is looked for. */
const longestCopy = 400;
const staysAsItIs = /\b(?:extract|quote|copy|repeat|classify|identify|find|which)|\b(?:already|if) (?:it is )?(?:already )?correct\b|unchanged|without chang/i;

/** 1 when a draft that should change a text gives it back as it was, 0 when not; nothing where no text is to be changed. */
export const echo = viewSignal('echo', ({ request, words, text }) => {
  if (!request.asksText || words.length < copied || words.length > longestCopy || staysAsItIs.test(request.question) || translates(request)) return undefined;
  return evenSpaces(request.text).includes(evenSpaces(text.replace(/^\s*["'“«]|["'”»]\s*$/g, ''))) ? 1 : 0;
});

function evenSpaces(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
