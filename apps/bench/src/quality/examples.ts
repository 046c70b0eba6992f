import { createHash } from 'node:crypto';
import { builtinSignals, draftView, learnTerms } from '@cascadeflow/quality';
import type { SignalInput } from '@cascadeflow/contract';
import { everydayQuestions, everydaySet } from './everyday.ts';
import { loadSet, prices, toDraft, toModelInfo, type Question } from './recordings.ts';
import { topicTerms } from './topic-terms.ts';

/** Sets that the accept model is fitted on, and how much each counts. A heavy set is one that tells good judges from bad. */
export const fittedSets: { readonly [set: string]: number } = {
  zeroeval_gsm: 1, zeroeval_math_l5: 1, mmlu_pro: 1.5, routellm_gsm8k: 0.6, routellm_mtbench: 0.15, calib_sciq_test: 0.6, calib_boolq_valid: 1, arena_bench_v1: 0.5,
  routerarena_cached: 0.4, gsm8k_openai_solutions: 0.4,
  [everydaySet]: 2.4,
};

/** Signals that recorded answers cannot teach the trees: they are vetoes, need a live route or token probabilities, or tell flaws that recorded models hardly have. */
const unfitted = new Set(['complexity', 'filled', 'finished', 'demanded-json', 'answer-probability', 'off-topic', 'logprob-low', 'logprob-weakest', 'logprob-margin', 'placeholder', 'cannot-answer', 'stutter', 'cut-word', 'off-label', 'few-items', 'json-miss', 'code-miss', 'kind-miss', 'echo', 'strays', 'off-subject', 'no-name', 'leaves-text', 'word-salad', 'empty-talk', 'non-answer', 'sum-miss']);

/** Names of the signals that the accept model uses. */
export const fittedFeatures: readonly string[] = builtinSignals.map((signal) => signal.name).filter((name) => !unfitted.has(name) && !name.startsWith('tool-'));

/** One recorded answer as the accept model sees it. */
export interface Example {
  readonly question: Question;
  readonly model: string;
  readonly good: number;
  /** Fold of its question, 0 to 4; the same words are in the same fold whatever the set. */
  readonly fold: number;
  readonly row: Float64Array;
  readonly veto: boolean;
  /** Recorded probability of the tokens of the final answer, where there is one. */
  readonly answerProbability?: number;
}

const columns = fittedFeatures.map((name) => builtinSignals.findIndex((signal) => signal.name === name));

/** Reads the signals of every recorded answer. */
export function loadExamples(folder: string): Example[] {
  learnTerms(topicTerms);
  return Object.keys(fittedSets).flatMap((set) => (set === everydaySet ? everydayQuestions() : loadSet(folder, set)).flatMap(toExamples));
}

function toExamples(question: Question): Example[] {
  const fold = foldOf(question);
  const examples: Example[] = [];
  for (const [model, answer] of question.answers) {
    const draft = toDraft(model, answer);
    const final = draftView(question.request, draft).answer?.text;
    const known = answer.answerProbability !== undefined && final !== undefined && answer.text.includes(final);
    const read = readRow({ request: question.request, draft, model: toModelInfo(model) });
    examples.push({ question, model, good: answer.good, fold, ...read, ...(known && { answerProbability: answer.answerProbability }) });
  }
  return examples;
}

function readRow(input: SignalInput): { row: Float64Array; veto: boolean } {
  let veto = false;
  const row = Float64Array.from(columns, (column) => {
    const finding = builtinSignals[column]?.(input);
    if (finding === undefined) return Number.NaN;
    if (typeof finding === 'number') return finding;
    if (finding.veto) veto = true;
    return finding.value;
  });
  return { row, veto };
}

function foldOf(question: Question): number {
  const words = (draftView(question.request, toDraft('', { text: '', good: 0 })).request.words as string[]).filter((word) => /[a-z]{3}/.test(word));
  return (createHash('md5').update([...new Set(words)].sort().join(' ').slice(0, 160)).digest()[0] ?? 0) % 5;
}

/** Models that answer with hidden thinking, which no drafter of this size does. */
const reasoning = /(?:^|[^a-z])(?:o1|o3|r1)|2\.5-(?:pro|flash)/;

/** True for a model whose drafts nobody would judge: it thinks in secret, or it is the dear one. */
export function isReasoning(model: string): boolean {
  return reasoning.test(model);
}

/** True for a model that is too dear to draft: more than 1.60 USD per 1M tokens, input and output averaged. */
export function isDear(model: string): boolean {
  const [input, output] = prices[model.trim()] ?? [0, 0];
  return isReasoning(model) || (input + output) / 2 > 1.6;
}

/** How much each example counts: sets as above, models that are too dear to draft less. */
export function weightsOf(examples: readonly Example[]): Float64Array {
  const counts = new Map<string, number>();
  for (const { question } of examples) counts.set(question.set, (counts.get(question.set) ?? 0) + 1);
  return Float64Array.from(examples, ({ question, model }) => {
    const share = isReasoning(model) ? 0.4 : isDear(model) ? 0.8 : 1;
    return (10_000 * (fittedSets[question.set] ?? 0) * share) / (counts.get(question.set) ?? 1);
  });
}
