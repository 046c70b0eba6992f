import type { CascadeAgent } from '@cascadeflow/core';
import type { Io } from '../command-line/io.ts';
import { progressLine } from '../terminal/progress-line.ts';
import type { Outcome } from './outcome.ts';
import { type DemoQuestion, questionText } from './question.ts';

/** Asks the questions, a few at a time, and shows how far it is. Stops when interrupted; outcomes keep the questions' order. */
export async function runQuestions(agent: CascadeAgent, questions: readonly DemoQuestion[], concurrency: number, io: Io): Promise<readonly Outcome[]> {
  const progress = progressLine(io.err);
  const outcomes: Outcome[] = [];
  let next = 0;
  let done = 0;
  let accepted = 0;

  const work = async (): Promise<void> => {
    while (next < questions.length && !io.signal.aborted) {
      const index = next++;
      const question = questions[index]!;
      const outcome = await askOne(agent, question, io.signal);
      outcomes[index] = outcome;
      done++;
      if (outcome.result?.draftAccepted === true) accepted++;
      progress.show(`${done} of ${questions.length} answered, ${accepted} drafts accepted: ${questionText(question)}`);
    }
  };
  progress.show(`0 of ${questions.length} answered`);
  await Promise.all(Array.from({ length: Math.min(concurrency, questions.length) }, work));
  progress.clear();
  return outcomes;
}

async function askOne(agent: CascadeAgent, question: DemoQuestion, signal: AbortSignal): Promise<Outcome> {
  try {
    const result = await agent.run(question.ask, {
      signal,
      ...(question.responseFormat !== undefined && { responseFormat: question.responseFormat }),
      ...(question.tools !== undefined && { tools: question.tools }),
    });
    return { question, result };
  } catch (error) {
    return { question, error: error instanceof Error ? error : new Error(String(error)) };
  }
}
