// #region all
import { CascadeAgent } from '@cascadeflow/core';
import { openai } from '@cascadeflow/providers-openai';

/** Half a dollar a day for each user, then the cheapest model alone; 200 USD a month for all together. */
export function createAgent(connection: { readonly apiKey: string; readonly baseURL?: string }, dailyLimit = 0.5): CascadeAgent {
  return new CascadeAgent({
    models: [
      { name: 'gpt-4o-mini', provider: 'openai', cost: { input: 0.15, output: 0.6 } },
      { name: 'gpt-5', provider: 'openai', cost: { input: 1.25, output: 10 } },
    ],
    providers: [openai(connection)],
    budgets: {
      rules: [
        { per: 'user', every: 'day', limit: dailyLimit, atLimit: 'cheapest-only' },
        { per: 'agent', every: 'month', limit: 200 },
      ],
    },
  });
}

/** Answers for one user, who pays. */
export async function answerFor(agent: CascadeAgent, user: string, question: string) {
  const { content, modelUsed, totalCost, warnings } = await agent.run(question, { user, maxTokens: 500 });
  return { content, modelUsed, totalCost, warnings };
}
// #endregion all

if (import.meta.main) {
  const agent = createAgent({ apiKey: process.env['OPENAI_API_KEY'] ?? '' });
  console.log(await answerFor(agent, 'u-42', 'Why is the sky blue?'));
}
