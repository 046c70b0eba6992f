import type { ModelRequest, Trace, TraceAnswer } from '@cascadeflow/contract';
import { withLabel } from './with-label.ts';

/** Says how good an answer is beside the right one, 0 to 1, or `undefined` when it cannot tell. */
export type Grade = (answer: TraceAnswer, gold: string, request: ModelRequest | undefined) => number | undefined | Promise<number | undefined>;

/** Labels every answer by the right one, of a trace whose right answer is known; without it the trace comes back as it was. */
export async function labelByGold(trace: Trace, gold: string | undefined, grade: Grade): Promise<Trace> {
  if (gold === undefined) return trace;
  let labelled = trace;
  for (const answer of trace.answers) {
    if (answer.content === undefined) continue;
    const score = await grade(answer, gold, trace.request);
    if (score !== undefined) labelled = withLabel(labelled, answer.model, { score, source: 'gold' });
  }
  return labelled;
}

/** A reader's thumb on one run. */
export interface Vote {
  readonly runId: string;
  /** Whose answer was voted on. Default: the answer that was served. */
  readonly model?: string;
  readonly vote: 'up' | 'down';
}

/** Labels answers by readers' votes; several votes on one answer are averaged. */
export function labelByVotes(trace: Trace, votes: readonly Vote[]): Trace {
  const scores = new Map<string, number[]>();
  for (const { runId, model = trace.modelUsed, vote } of votes) {
    if (runId !== trace.runId || model === undefined) continue;
    scores.set(model, [...(scores.get(model) ?? []), vote === 'up' ? 1 : 0]);
  }
  let labelled = trace;
  for (const [model, list] of scores) labelled = withLabel(labelled, model, { score: list.reduce((sum, each) => sum + each, 0) / list.length, source: 'human' });
  return labelled;
}
