// #region all
import { CascadeAgent } from '@cascadeflow/core';
import { openai } from '@cascadeflow/providers-openai';
import { createEmbedder } from '@cascadeflow/semantic';

/** Answers again what was asked before, also in other words. The embedding model is in the package: no key, no download. */
export function createAgent(connection: { readonly apiKey: string; readonly baseURL?: string }): CascadeAgent {
  return new CascadeAgent({
    models: [
      { name: 'gpt-4o-mini', provider: 'openai' },
      { name: 'gpt-5', provider: 'openai' },
    ],
    providers: [openai(connection)],
    cache: {
      ttlMs: 600_000,
      semantic: { embedder: createEmbedder(), minSimilarity: 0.9 }, // the default, 0.97, is more careful
    },
  });
}
// #endregion all

if (import.meta.main) {
  const agent = createAgent({ apiKey: process.env['OPENAI_API_KEY'] ?? '' });
  for (const question of ['What is the capital of Norway?', "What's the capital of Norway?", 'What is the capital of Sweden?']) {
    const { content, cacheHit, totalCost } = await agent.run(question);
    console.log(cacheHit, content, totalCost);
  }
}
