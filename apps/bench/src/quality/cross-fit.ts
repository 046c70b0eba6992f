import type { AcceptWeights, TalkWeights } from '@cascadeflow/quality';
import { fittedFeatures, type Example } from './examples.ts';
import type { Question } from './recordings.ts';
import { pairs, trios } from './reported.ts';
import { fitTalk } from './talk.ts';
import { topicTerms } from './topic-terms.ts';
import { fitHeads, fitTokens, fitTrees, makeTrials, Standings, type Trial } from './training.ts';

/** Number of parts the questions are cut into. */
export const folds = 5;

/** Weights fitted five times, each time on four fifths of the questions. */
export interface CrossFit {
  /** One set of weights per fold, fitted without that fold's questions. */
  readonly weights: readonly AcceptWeights[];
  readonly standings: Standings;
  readonly trials: readonly Trial[];
}

/** Cross-fits trees and heads, grouped by question. */
export function crossFit(examples: readonly Example[], log: (line: string) => void = () => {}): CrossFit {
  const trees = Array.from({ length: folds }, (_, fold) => {
    log(`fold ${fold + 1} of ${folds}`);
    return fitTrees(examples.filter((example) => example.fold !== fold));
  });
  const standings = new Standings(examples, trees);
  const questions = new Map<Question, number>();
  for (const example of examples) questions.set(example.question, example.fold);
  const trials = makeTrials(questions, [...pairs, ...trios]);
  const weights = trees.map((draft, fold) => toWeights(examples, draft, { ...fitHeads(standings, trials.filter((trial) => trial.fold !== fold)), tokens: fitTokens(standings, examples.filter((example) => example.fold !== fold)) }));
  return { weights, standings, trials };
}

/** The same in all folds: nothing of it is recorded. */
let talk: TalkWeights | undefined;

/** Puts trees and heads together with where they come from. */
export function toWeights(examples: readonly Example[], draft: AcceptWeights['draft'], heads: Pick<AcceptWeights, 'tokens' | 'alone' | 'agreed' | 'contradicted'>): AcceptWeights {
  const sets: Record<string, number> = {};
  for (const { question } of examples) sets[question.set] = (sets[question.set] ?? 0) + 1;
  const note = 'Recorded answers of some forty models, labelled right or wrong; see docs/decisions/0031.';
  return { provenance: { date: new Date().toISOString().slice(0, 10), rows: examples.length, sets, note }, features: fittedFeatures, terms: topicTerms, talk: (talk ??= fitTalk()), draft, ...heads };
}
