import { rememberLast } from './remember-last.ts';
import type { RequestView } from './request-view.ts';

const word = `["'“«„*]?[\\p{L}\\p{N}][\\p{L}\\p{N}_-]{0,24}["'”»“*]?`;
const words = `${word}(?: [\\p{L}\\p{N}_-]{1,20})?`;
const or = '(?:or|oder|ou|o|или)';
const listOf = (item: string): string => `(${item}(?:(?:, ?| ?/ ?)${item}){0,8},? ${or} ${item})`;
const end = '(?=[.:;?!,\\n)"]|$)';

/** "classify … as A, B or C", "one of: A, B, C", "answer with A, B or C", in the languages asked in most often. */
const classes = new RegExp(`\\b(?:classif\\p{L}*|categori[sz]e|label|tag|rate|mark|klassifizier\\p{L}*|ordne|clasifica\\p{L}*|classe[rz]?)\\b[^.:?!\\n]{0,80}?\\b(?:as|als|comme|como|come)\\b(?: either)?:? ${listOf(words)}${end}`, 'iu');
const oneOf = new RegExp(`\\b(?:one of|eine[ns]? von|l'un de|uno de|uno di)(?: the following| these)?(?: (?:labels?|categories|classes|values|words))?: ?(${words}(?:(?:, ?| ?/ ?| ?\\| ?)${words}){1,11}(?:,? (?:${or}|and|und|et|y) ${words})?)${end}`, 'iu');
const reply = new RegExp(`\\b(?:answer|reply|respond|antworte?|réponds?|répondez|responde|rispondi)\\b(?: only| just| nur)?(?: with| mit| par| con)?( only| just| exactly| nur| either| solo| sólo)?:? ${listOf(words)}( only| nur)?${end}`, 'iu');
/** "Is this review positive or negative?" Other words than these two may answer that too. */
const which = new RegExp(`^(?:is|are|was) (?:this|that|the|it|these)\\b[^.:?!\\n]{0,60}? (${word}(?:, ${word}){0,4},? ${or} (?:an? |the )?${word})(?: \\p{L}{3,12})?[?:]`, 'iu');
/** Characters of a question up to which it is searched for a choice named in passing. */
const shortQuestion = 600;
/** "Assign a priority (P1, P2 or P3)", and "True or false: …" */
const bracketed = new RegExp(`\\(${listOf(words)}\\)|^(${word} ${or} ${word}):`, 'iu');
/** "Which of these is a mammal: trout, dolphin, eagle?" */
const among = new RegExp(`\\b(?:which|what)(?: one)? of (?:these|the following)\\b[^:?\\n]{0,60}: ?(${words}(?:, ${words}){1,7}(?:,? (?:${or}|and) ${words})?)\\?`, 'iu');
/** "Which team should answer: Billing, Sales or Support?" */
const whichOf = new RegExp(`\\b(?:which|what|welche[rs]?|quel(?:le)?|qué|cuál|quale)\\b[^:?\\n]{3,80}: ?${listOf(words)}\\?`, 'iu');
/** "Answer with yes or no", in any of these languages. */
const yesOrNo = /\b(?:answer|reply|respond|antworte?|antwoord|réponds?|répondez|responde|rispondi|svara|svar|odpowiedz|ответь)\b[^.?!\n]{0,20}(?<!\p{L})(yes or no|ja (?:of|oder|eller) (?:nee|nein|nej|nei)|oui ou non|s[ií] o no|sim ou não|tak (?:lub|albo|czy) nie|да или нет)(?!\p{L})/iu;
const yesOrNoSeparator = / (?:or|of|oder|eller|ou|o|lub|albo|czy|или) /;
const separators = new RegExp(`, (?:${or}|and|und|et|y) |,|/|\\|| (?:${or}|and|und|et|y) `);
const truth = /\b(?:yes|true|ja|oui|s[ií]|да)\b/iu;

/** Answers that a request allows in its own words. */
export interface AskedLabels {
  /** Lower case. */
  readonly labels: readonly string[];
  /** True when a longer answer, too, has to name one of them. */
  readonly strict: boolean;
}

/** The answers a request allows in its own words, `undefined` when it names none. */
export const askedLabels = rememberLast(({ question }: RequestView): AskedLabels | undefined => {
  const yesNo = yesOrNo.exec(question)?.[1];
  if (yesNo) return { labels: yesNo.toLowerCase().split(yesOrNoSeparator), strict: true };
  if (!/\s(?:or|oder|ou|o|или)\s|\bone of|\bof (?:these|the following)|\bvon\b|l'un|uno d/.test(question)) return undefined;
  const strict = labelsIn((classes.exec(question) ?? oneOf.exec(question))?.[1]);
  if (strict) return { labels: strict, strict: true };
  const asked = reply.exec(question);
  const labels = labelsIn(asked?.[2]);
  if (labels && (labels.length > 2 || asked?.[1] || asked?.[3] || truth.test(asked?.[2] ?? '') || isLiteral(asked?.[2]))) return { labels, strict: true };
  const oneOfThese = question.length > shortQuestion ? undefined : labelsIn(whichOf.exec(question)?.[1]);
  if (oneOfThese) return { labels: oneOfThese, strict: true };
  const found = which.exec(question) ?? (question.length > shortQuestion ? null : (among.exec(question) ?? bracketed.exec(question)));
  const either = labelsIn(found?.[1] ?? found?.[2]);
  return either && { labels: either, strict: false };
});

/** True for labels in capitals or quotation marks: they are meant to the letter. */
function isLiteral(list: string | undefined): boolean {
  return list !== undefined && list.split(separators).every((label) => /^["'“«„*]/.test(label) || /^[^\p{Ll}]{2,}$/u.test(label));
}

const range = /\b(?:rate|rating|score|grade|scale|bewerte|note[rz]?|califica|valuta)\b[^.\n]{0,80}?\b(\d{1,3})\s?(?:\([^)\n]{0,30}\) ?)?(?:to|-|–|and|bis|à|al?)\s?(\d{1,3})\b/i;

/** The lowest and the highest number that a request to rate something allows. */
export const askedRange = rememberLast(({ question, numbers }: RequestView): readonly [low: number, high: number] | undefined => {
  const [, from, to] = numbers.length < 2 ? [] : (range.exec(question) ?? []);
  return from === undefined || to === undefined ? undefined : [Math.min(Number(from), Number(to)), Math.max(Number(from), Number(to))];
});

function labelsIn(list: string | undefined): readonly string[] | undefined {
  const labels = list?.split(separators).map((label) => label.replace(/["'“”«»„*]/g, '').trim().toLowerCase());
  return labels && labels.length > 1 && labels.every((label) => label !== '') ? labels : undefined;
}
