import { InvalidOptionsError, type Provider } from '@cascadeflow/contract';
import type { PriceTable, Send } from '@cascadeflow/provider-kit';
import { anthropic } from '@cascadeflow/providers-anthropic';
import { groq } from '@cascadeflow/providers-groq';
import { huggingface } from '@cascadeflow/providers-huggingface';
import { litellm } from '@cascadeflow/providers-litellm';
import { ollama } from '@cascadeflow/providers-ollama';
import { openai } from '@cascadeflow/providers-openai';
import { together } from '@cascadeflow/providers-together';
import { openaiCompatible, vllm } from '@cascadeflow/providers-vllm';

/** Variables by name, such as `process.env`. */
export type Environment = { readonly [name: string]: string | undefined };

/** Where a provider is and how it is let in. */
export interface ProviderSetup {
  readonly env: Environment;
  readonly baseURL?: string;
  /** A newer list of prices than the bundled one. */
  readonly priceTable?: PriceTable;
  /** Carries requests in place of the platform's `fetch` and the vendors' SDKs. */
  readonly send?: Send;
}

/** Every provider that can be named in `provider/model`; each imports its SDK at the first call. To add one: a dependency and a line here. */
const factories: { readonly [id: string]: (setup: ProviderSetup) => Provider } = {
  openai,
  anthropic,
  groq,
  together,
  vllm,
  ollama,
  huggingface,
  litellm,
};

/** Ids of the providers that come with this package. */
export const providerIds: readonly string[] = Object.keys(factories);

/**
 * The provider of this id, with its key from the environment. An id of one's own with an address is a server with OpenAI's API, its key in
 * `<ID>_API_KEY` where it wants one.
 * @throws InvalidOptionsError naming the missing key, or the ids there are.
 */
export function openProvider(id: string, setup: ProviderSetup): Provider {
  if (Object.hasOwn(factories, id)) return factories[id]!(setup);
  if (setup.baseURL === undefined) {
    throw new InvalidOptionsError('models', `unknown provider ${id}; known are ${providerIds.join(', ')}, and any other with an address of its own`);
  }
  const apiKey = setup.env[`${id.toUpperCase().replaceAll('-', '_')}_API_KEY`];
  return openaiCompatible({ id, baseURL: setup.baseURL, ...(apiKey !== undefined && { apiKey }), ...(setup.priceTable && { priceTable: setup.priceTable }), ...(setup.send && { send: setup.send }) });
}
