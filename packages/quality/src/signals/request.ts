import { countMatches, gated } from '../text/gates.ts';
import { viewSignal } from './define-signal.ts';

/** Natural logarithm of one plus the words of the question. */
export const questionLength = viewSignal('question-length', ({ request }) => Math.log1p(request.words.length));

/** Natural logarithm of one plus the words before the options that the question offers; the same as `question-length` where it offers none. */
export const stemLength = viewSignal('stem-length', ({ request }) => {
  const first = request.options[0];
  if (first === undefined) return Math.log1p(request.words.length);
  const stem = request.question.slice(0, Math.max(0, request.question.indexOf(first.text)));
  return Math.log1p(stem.match(/\S+/g)?.length ?? 0);
});

/** Sentences of the question, at most 20. */
export const questionSentences = viewSignal('question-sentences', ({ request }) => Math.min(20, request.scan.isAscii && request.question === request.text ? request.scan.sentenceEnds : (request.question.match(/[.?!。？！](?:\s|$)/g)?.length ?? 0)));

/** Distinct numbers in the question, at most 20. */
export const questionNumbers = viewSignal('question-numbers', ({ request }) => request.numbers.length < 2 ? request.numbers.length : Math.min(20, new Set(request.numbers).size));

/** Answers that the request offers to choose from; 2 for a yes-or-no question, 0 for an open one. */
export const optionCount = viewSignal('options', ({ request }) => request.options.length || (request.asksYesNo ? 2 : 0));

const formula = gated(/\\[a-zA-Z]+|\$|\^|_\{/g, '\\ $ ^ _');

/** Marks of formulas per hundred characters of the question. */
export const formulaDensity = viewSignal('formula-density', ({ request }) => {
  const head = request.question.slice(0, 4000);
  return (100 * countMatches(formula, request.scan, head)) / Math.max(50, head.length);
});

const constraint = gated(/\b(?:must|should|exactly|at least|at most|no more than|only|without|except|not|never|always|ensure|make sure|include|avoid|using|each|both|every|between|before|after|if|unless)\b/gi, 'must should exactly at no only without except not never always ensure make include avoid using each both every between before after if unless');

/** Words that set conditions, at most 20. */
export const constraints = viewSignal('constraints', ({ request }) => Math.min(20, countMatches(constraint, request.scan, request.question)));

const relation = gated(/\b(?:half|twice|double|triple|times|percent|per|ratio|fraction|remaining|left|more than|less than|fewer|older|younger|faster|rest|average|total|altogether|combined)\b|%|\d\/\d/gi, 'half twice double triple times percent per ratio fraction remaining left more less fewer older younger faster rest average total altogether combined % /');

/** Words that relate quantities to each other, at most 15. */
export const relations = viewSignal('relations', ({ request }) => Math.min(15, countMatches(relation, request.scan, request.question)));

/** 1 when the request asks for code or is about code. */
export const asksCode = viewSignal('asks-code', ({ request }) => (request.asksCode ? 1 : 0));

const levels: { readonly [label: string]: number } = { trivial: 0, simple: 1, moderate: 2, hard: 3, expert: 4 };

/** The router's complexity, 0 trivial to 4 expert; nothing without a route. */
export const complexity = viewSignal('complexity', (_view, { route }) => (route ? levels[route.complexity.label] : undefined));
