// #region all
import { CascadeAgent } from '@cascadeflow/core';
import { anthropic } from '@cascadeflow/providers-anthropic';
import { groq } from '@cascadeflow/providers-groq';
import { openai } from '@cascadeflow/providers-openai';

/** Addresses are for tests and proxies; each provider knows its own. */
export interface Addresses {
  readonly groq?: string;
  readonly openai?: string;
  readonly anthropic?: string;
}

export function createAgent(env: { readonly [name: string]: string | undefined }, baseURL: Addresses = {}): CascadeAgent {
  return new CascadeAgent({
    // Cheapest first, whatever order they are written in. Prices come from the providers' lists.
    models: [
      { name: 'llama-3.1-8b-instant', provider: 'groq' },
      { name: 'claude-sonnet-4-5', provider: 'anthropic', fallbacks: ['gpt-5'] },
      { name: 'gpt-5', provider: 'openai' },
    ],
    // Keys are looked up in `env`: GROQ_API_KEY, ANTHROPIC_API_KEY, OPENAI_API_KEY.
    providers: [
      groq({ env, ...(baseURL.groq && { baseURL: baseURL.groq }) }),
      anthropic({ env, ...(baseURL.anthropic && { baseURL: baseURL.anthropic }) }),
      openai({ env, ...(baseURL.openai && { baseURL: baseURL.openai }) }),
    ],
  });
}
// #endregion all

if (import.meta.main) {
  const { content, attempts, totalCost } = await createAgent(process.env).run('Why do cats purr?');
  for (const { provider, model, role, status, cost } of attempts) console.log(provider, model, role, status, cost);
  console.log(content, totalCost);
}
