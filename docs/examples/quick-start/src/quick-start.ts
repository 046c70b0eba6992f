// #region all
import { CascadeAgent } from '@cascadeflow/core';
import { openai } from '@cascadeflow/providers-openai';

export async function ask(question: string, connection: { readonly apiKey: string; readonly baseURL?: string }) {
  const agent = new CascadeAgent({
    models: [
      { name: 'gpt-4o-mini', provider: 'openai', cost: { input: 0.15, output: 0.6 } }, // USD per 1M tokens
      { name: 'gpt-5', provider: 'openai', cost: { input: 1.25, output: 10 } },
    ],
    providers: [openai(connection)],
  });
  return agent.run(question);
}
// #endregion all

if (import.meta.main) {
  const result = await ask("What's the capital of France?", { apiKey: process.env['OPENAI_API_KEY'] ?? '' });
  console.log(result.content, result.modelUsed, result.reason, result.totalCost);
}
