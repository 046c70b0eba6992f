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
const reply = new RegExp(`\\b(?:answer|reply|respond|antworte?|réponds?|répondez|responde|rispondi)\\b(?: only| just| nur)?(?: with| mit| par| con)?( only| just| exactly| nur| either| solo| sólo)?:? ${listOf(word)}( only| nur)?${end}`, 'iu');
/** "Is this review positive or negative?" Other words than these two may answer that too. */
const which = new RegExp(`^(?:is|are|was) (?:this|that|the|it|these)\\b[^.:?!\\n]{0,60}? ${listOf(word)}[?:]`, 'iu');
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
  if (!/\s(?:or|oder|ou|o|или)\s|\bone of|\bvon\b|l'un|uno d/.test(question)) return undefined;
  const strict = labelsIn((classes.exec(question) ?? oneOf.exec(question))?.[1]);
  if (strict) return { labels: strict, strict: true };
  const asked = reply.exec(question);
  const labels = labelsIn(asked?.[2]);
  if (labels && (labels.length > 2 || asked?.[1] || asked?.[3] || truth.test(asked?.[2] ?? ''))) return { labels, strict: true };
  const either = labelsIn(which.exec(question)?.[1]);
  return either && { labels: either, strict: false };
});

function labelsIn(list: string | undefined): readonly string[] | undefined {
  const labels = list?.split(separators).map((label) => label.replace(/["'“”«»„*]/g, '').trim().toLowerCase());
  return labels && labels.length > 1 && labels.every((label) => label !== '') ? labels : undefined;
}
