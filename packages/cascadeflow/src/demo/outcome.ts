import type { CascadeResult } from '@cascadeflow/contract';
import type { DemoQuestion } from './question.ts';
import { simulatedModels } from './simulate.ts';

/** What became of one question. */
export interface Outcome {
  readonly question: DemoQuestion;
  readonly result?: CascadeResult;
  readonly error?: Error;
}

/** Whether the first draft was right: what we wrote about it where models are simulated, else recognised by its text. */
export function draftWasRight({ question, result }: Outcome, simulated: boolean): boolean | undefined {
  if (simulated) return question.kind === 'good';
  const first = result?.attempts[0];
  if (result === undefined || question.right === undefined || first?.status !== 'ok') return undefined;
  if (first.chosen) return question.right.test(answerText(result));
  // The result keeps the text of drafts that were not accepted, but not their tool calls.
  return question.tools === undefined ? question.right.test(result.draftContent ?? '') : undefined;
}

/** Whether the answer that was given is right. */
export function answerIsRight({ question, result }: Outcome, simulated: boolean): boolean | undefined {
  if (result === undefined) return undefined;
  if (!simulated) return question.right?.test(answerText(result));
  if (result.modelUsed === simulatedModels.first.name) return question.kind === 'good';
  return result.modelUsed === simulatedModels.other.name ? (question.other?.right ?? true) : true;
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
  /** First drafts known to be wrong. */
  readonly wrongDrafts: number;
  /** Accepted drafts, of whichever model, known to be wrong. */
  readonly wrongAccepted: number;
  /** First drafts known to be right, and how many of them went on to the last model all the same. */
  readonly rightDrafts: number;
  readonly rightEscalated: number;
}

/** Adds up what happened. */
export function toTotals(outcomes: readonly Outcome[], simulated: boolean): Totals {
  const done = outcomes.flatMap((outcome) => (outcome.result === undefined ? [] : [{ ...outcome, result: outcome.result }]));
  const cascaded = done.filter(({ result }) => result.cascaded);
  const rightDrafts = cascaded.filter((outcome) => draftWasRight(outcome, simulated) === true);
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
    wrongDrafts: cascaded.filter((outcome) => draftWasRight(outcome, simulated) === false).length,
    wrongAccepted: cascaded.filter((outcome) => outcome.result.draftAccepted && answerIsRight(outcome, simulated) === false).length,
    rightDrafts: rightDrafts.length,
    rightEscalated: rightDrafts.filter(({ result }) => !result.draftAccepted).length,
  };
}

function sum(amounts: readonly (number | undefined)[]): number | undefined {
  return amounts.includes(undefined) ? undefined : amounts.reduce<number>((total, amount) => total + amount!, 0);
}
