import type { CascadeResult } from '@cascadeflow/contract';
import type { DemoQuestion } from './question.ts';

/** What became of one question. */
export interface Outcome {
  readonly question: DemoQuestion;
  readonly result?: CascadeResult;
  readonly error?: Error;
}

/** Whether the small model's draft was right: what we wrote about it where models are simulated, else recognised by its text. */
export function draftWasRight({ question, result }: Outcome, simulated: boolean): boolean | undefined {
  if (simulated) return question.kind === 'good';
  const first = result?.attempts[0];
  if (result === undefined || question.right === undefined || first?.status !== 'ok') return undefined;
  // The result keeps the text of drafts that were not accepted, and the tool calls of the answer alone.
  const isAnswer = first.chosen;
  if (!isAnswer && question.tools !== undefined) return undefined;
  return question.right.test(isAnswer ? answerText(result) : (result.draftContent ?? ''));
}

/** An answer as one text: what was said and what was called. */
export function answerText(result: CascadeResult): string {
  return [result.content, ...result.toolCalls.map((call) => `${call.name} ${call.arguments}`)].filter((text) => text !== '').join('\n');
}

/** The sums of a demo. Money in USD, absent where a price is unknown. */
export interface Totals {
  readonly questions: number;
  readonly failed: number;
  readonly accepted: number;
  readonly escalated: number;
  /** Sent straight to the last model by the router. */
  readonly direct: number;
  readonly totalCost: number | undefined;
  readonly baselineCost: number | undefined;
  readonly savingsPercent: number | undefined;
  /** Drafts known to be wrong, and how many of them were accepted all the same. */
  readonly wrongDrafts: number;
  readonly wrongAccepted: number;
  /** Drafts known to be right, and how many of them were not accepted. */
  readonly rightDrafts: number;
  readonly rightEscalated: number;
}

/** Adds up what happened. */
export function toTotals(outcomes: readonly Outcome[], simulated: boolean): Totals {
  const done = outcomes.flatMap((outcome) => (outcome.result === undefined ? [] : [{ ...outcome, result: outcome.result }]));
  const cascaded = done.filter(({ result }) => result.cascaded);
  const labelled = cascaded.map((outcome) => ({ right: draftWasRight(outcome, simulated), accepted: outcome.result.draftAccepted }));
  const totalCost = sum(done.map(({ result }) => result.totalCost));
  const baselineCost = sum(done.map(({ result }) => result.baselineCost));
  return {
    questions: outcomes.length,
    failed: outcomes.length - done.length,
    accepted: cascaded.filter(({ result }) => result.draftAccepted).length,
    escalated: cascaded.filter(({ result }) => !result.draftAccepted).length,
    direct: done.length - cascaded.length,
    totalCost,
    baselineCost,
    savingsPercent: totalCost === undefined || !baselineCost ? undefined : (1 - totalCost / baselineCost) * 100,
    wrongDrafts: labelled.filter(({ right }) => right === false).length,
    wrongAccepted: labelled.filter(({ right, accepted }) => right === false && accepted).length,
    rightDrafts: labelled.filter(({ right }) => right === true).length,
    rightEscalated: labelled.filter(({ right, accepted }) => right === true && !accepted).length,
  };
}

function sum(amounts: readonly (number | undefined)[]): number | undefined {
  return amounts.includes(undefined) ? undefined : amounts.reduce<number>((total, amount) => total + amount!, 0);
}
