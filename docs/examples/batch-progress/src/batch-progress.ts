// #region all
import { CascadeAgent } from '@cascadeflow/core';
import { openai } from '@cascadeflow/providers-openai';

/** Answers many questions, eight at a time; one that fails does not stop the others. */
export async function answerAll(questions: readonly string[], connection: { readonly apiKey: string; readonly baseURL?: string }, report: (line: string) => void) {
  const agent = new CascadeAgent({
    models: [
      { name: 'gpt-4o-mini', provider: 'openai' },
      { name: 'gpt-5', provider: 'openai' },
    ],
    providers: [openai(connection)],
    retries: 1,
  });
  const items = await agent.runBatch(questions, {
    concurrency: 8,
    deadlineMs: 60_000,
    onProgress: ({ done, total, failed, totalCost }) => report(`${done}/${total}, ${failed} failed, ${totalCost?.toFixed(6) ?? 'unknown'} USD`),
  });
  return items.map((item) => (item.ok ? item.result.content : `failed: ${item.error.code}`)); // in the order of the questions
}
// #endregion all

if (import.meta.main) {
  const answers = await answerAll(['Capital of Peru?', 'Capital of Chile?'], { apiKey: process.env['OPENAI_API_KEY'] ?? '' }, console.log);
  console.log(answers);
}
