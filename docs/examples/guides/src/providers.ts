import { createOpenAI } from '@ai-sdk/openai';
import { balance, CascadeAgent, type ModelConfig } from '@cascadeflow/core';
import { fromAiSdk } from '@cascadeflow/providers-ai-sdk';
import { ollama } from '@cascadeflow/providers-ollama';
import { openai } from '@cascadeflow/providers-openai';
import { openaiCompatible, vllm } from '@cascadeflow/providers-vllm';
import { cascade } from 'cascadeflow';

type Env = { readonly [name: string]: string | undefined };

/** Keys from the environment, models by name. */
export function byName(env: Env) {
  // #region by-name
  return cascade({ models: ['groq/llama-3.1-8b-instant', 'openai/gpt-4o-mini', 'anthropic/claude-sonnet-4-5'], env });
  // #endregion by-name
}

/** Three kinds of places models live in. */
export function places(env: Env, verifier: ModelConfig): CascadeAgent {
  // #region places
  return new CascadeAgent({
    models: [
      { name: 'llama3.2:3b', provider: 'ollama' }, // free
      { name: 'Qwen/Qwen3-8B', provider: 'vllm', cost: 0 }, // a server of your own has no list price
      { name: 'mistral-small-latest', provider: 'mistral' },
      verifier,
    ],
    providers: [
      ollama(),
      vllm({ baseURL: 'http://127.0.0.1:8000/v1' }),
      openaiCompatible({ id: 'mistral', baseURL: 'https://api.mistral.ai/v1', ...(env['MISTRAL_API_KEY'] && { apiKey: env['MISTRAL_API_KEY'] }) }),
    ],
  });
  // #endregion places
}

/** A model you already have, and two keys of one. */
export function ready(apiKey: string, otherKey: string, baseURL: string): CascadeAgent {
  // #region ready
  return new CascadeAgent({
    models: [
      { name: 'gpt-4o-mini', model: fromAiSdk(createOpenAI({ apiKey, baseURL }).chat('gpt-4o-mini')), cost: { input: 0.15, output: 0.6 } },
      { name: 'gpt-5', model: balance([openai({ apiKey, baseURL }).model('gpt-5'), openai({ apiKey: otherKey, baseURL }).model('gpt-5')]), cost: { input: 1.25, output: 10 } },
    ],
  });
  // #endregion ready
}
