import type { Judge, JudgeInput, QualityTarget, Verdict } from '@cascadeflow/contract';
import { agreement } from '@cascadeflow/quality';
import { bootstrapInterval } from '../statistics.ts';
import { costOf, toDraft, toModelInfo, type Question } from './recordings.ts';

/** What a policy did with one question. */
export interface Outcome {
  readonly good: number;
  readonly cost: number;
  /** The verifier was not asked. */
  readonly accepted: boolean;
  readonly verifierGood: number;
  readonly verifierCost: number;
  /** USD of the first draft alone. */
  readonly draftCost: number;
  readonly draftGood: number;
  /** Probability that the judge gave the first draft on its own. */
  readonly probability: number;
}

/** Decides one question from the recorded answers of the models, cheapest first, the verifier last. */
export type Policy = (question: Question, models: readonly string[]) => Pick<Outcome, 'good' | 'cost' | 'accepted' | 'probability'>;

/** The cascade of the engine on recorded answers: the first draft, then another drafter as an opinion, then the verifier. */
export function cascade(judgeOf: (question: Question) => Judge, target: QualityTarget): Policy {
  return (question, models) => {
    const good = (model: string) => question.answers.get(model)?.good ?? 0;
    const draft = (tier: number) => toDraft(models[tier] as string, question.answers.get(models[tier] as string) ?? { text: '', good: 0 }, tier);
    const verifier = models.at(-1) as string;
    const judge = judgeOf(question);
    const ask = (tier: number, opinions: readonly number[]): Verdict => {
      const input: JudgeInput = {
        request: question.request,
        draft: draft(tier),
        model: toModelInfo(models[tier] as string, tier),
        target,
        canAskOpinion: opinions.length === 0 && models.length > 2,
        opinions: opinions.map(draft),
        escalation: { model: toModelInfo(verifier, models.length - 1) },
      };
      return judge(input) as Verdict;
    };
    const first = ask(0, []);
    const { probability } = first;
    let cost = costOf(question, models[0] as string);
    if (first.accept) return { good: good(models[0] as string), cost, accepted: true, probability };
    if (models.length > 2) {
      cost += costOf(question, models[1] as string);
      if (first.veto === undefined && ask(0, [1]).accept) return { good: good(models[0] as string), cost, accepted: true, probability };
      if (ask(1, [0]).accept) return { good: good(models[1] as string), cost, accepted: true, probability };
    }
    return { good: good(verifier), cost: cost + costOf(question, verifier), accepted: false, probability };
  };
}

/** Accepts the first draft when both drafters' final answers are equal, and asks the verifier otherwise: the floor to beat. */
export const plainAgreement: Policy = (question, models) => {
  const [a, b] = models.map((model) => question.answers.get(model)) as [{ text: string; good: number }, { text: string; good: number }];
  const accepted = agreement(question.request, a.text, b.text) >= 0.99;
  const verifier = models.at(-1) as string;
  const drafts = costOf(question, models[0] as string) + costOf(question, models[1] as string);
  return { accepted, probability: accepted ? 1 : 0, good: accepted ? a.good : (question.answers.get(verifier)?.good ?? 0), cost: drafts + (accepted ? 0 : costOf(question, verifier)) };
};

/** Knows which draft is right: accepts one that is at least as good as the verifier's answer. */
export const oracle: Policy = (question, models) => {
  const verifier = models.at(-1) as string;
  const last = question.answers.get(verifier)?.good ?? 0;
  let cost = 0;
  for (const model of models.slice(0, -1)) {
    cost += costOf(question, model);
    const good = question.answers.get(model)?.good ?? 0;
    if (good >= last) return { good, cost, accepted: true, probability: 1 };
  }
  return { good: last, cost: cost + costOf(question, verifier), accepted: false, probability: 0 };
};

/** Runs a policy over all questions that every model has answered. */
export function walk(questions: readonly Question[], models: readonly string[], policy: Policy): Outcome[] {
  const verifier = models.at(-1) as string;
  return questions
    .filter((question) => models.every((model) => question.answers.has(model)))
    .map((question) => ({
      ...policy(question, models),
      verifierGood: question.answers.get(verifier)?.good ?? 0,
      verifierCost: costOf(question, verifier),
      draftCost: costOf(question, models[0] as string),
      draftGood: question.answers.get(models[0] as string)?.good ?? 0,
    }));
}

const total = (rows: readonly Outcome[], read: (row: Outcome) => number) => rows.reduce((sum, row) => sum + read(row), 0);

/** Quality of what was answered over the verifier's, in percent. */
export function kept(rows: readonly Outcome[]): number {
  return (100 * total(rows, (row) => row.good)) / total(rows, (row) => row.verifierGood);
}

/** What was not spent of the verifier's bill, all calls counted, in percent. */
export function saved(rows: readonly Outcome[]): number {
  return 100 * (1 - total(rows, (row) => row.cost) / total(rows, (row) => row.verifierCost));
}

/** What the first drafts cost, in percent of the verifier's bill. */
export function draftPrice(rows: readonly Outcome[]): number {
  return (100 * total(rows, (row) => row.draftCost)) / total(rows, (row) => row.verifierCost);
}

/** Share of questions that never reached the verifier, in percent. */
export function acceptance(rows: readonly Outcome[]): number {
  return (100 * total(rows, (row) => Number(row.accepted))) / rows.length;
}

/** What accepting as many drafts at random would have kept, in percent. */
export function randomKept(rows: readonly Outcome[]): number {
  const share = acceptance(rows) / 100;
  return (100 * (share * total(rows, (row) => row.draftGood) + (1 - share) * total(rows, (row) => row.verifierGood))) / total(rows, (row) => row.verifierGood);
}

/** 95% bootstrap interval of a figure, as text. */
export function interval(rows: readonly Outcome[], read: (rows: readonly Outcome[]) => number): string {
  const [low, high] = bootstrapInterval(rows, read, { resamples: 200 });
  return `[${low.toFixed(1)}, ${high.toFixed(1)}]`;
}
