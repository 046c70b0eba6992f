// #region all
import { CascadeAgent } from '@cascadeflow/core';
import { keepLocal } from '@cascadeflow/guardrails';
import { ollama } from '@cascadeflow/providers-ollama';
import { openai } from '@cascadeflow/providers-openai';
import { createRouter } from '@cascadeflow/routing';

export interface Places {
  readonly ollama?: string;
  readonly openai?: string;
}

/** Drafts on this machine for nothing; only what is not good enough leaves it, and private data never does. */
export function createAgent(apiKey: string, places: Places = {}): CascadeAgent {
  const local = 'llama3.2:3b';
  return new CascadeAgent({
    models: [
      { name: local, provider: 'ollama' },
      { name: 'gpt-5', provider: 'openai' },
    ],
    providers: [
      ollama({ keepAlive: '10m', ...(places.ollama && { baseURL: places.ollama }) }), // default http://127.0.0.1:11434
      openai({ apiKey, ...(places.openai && { baseURL: places.openai }) }),
    ],
    quality: { minProbability: 0.3 }, // the named levels hardly accept models this small: take a bar from recordings of your own
    router: keepLocal(createRouter(), { models: [local] }),
  });
}
// #endregion all

if (import.meta.main) {
  const { content, modelUsed, totalCost } = await createAgent(process.env['OPENAI_API_KEY'] ?? '').run('What is the capital of Iceland?');
  console.log(content, modelUsed, totalCost);
}
