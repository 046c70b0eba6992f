import { CascadeAgent, type AgentOptions, type ModelConfig } from '@cascadeflow/core';
import type { PriceTable, Send } from '@cascadeflow/provider-kit';
import { parseModelName } from './model-name.ts';
import { type Environment, openProvider } from './provider-table.ts';

/** What {@link cascade} takes: an agent's options, with models by name and keys from the environment. */
export interface CascadeOptions extends Omit<AgentOptions, 'models'> {
  /** `'openai/gpt-4o-mini'`, `'openai/gpt-5@1.25/10'`, or the long form. */
  readonly models: readonly (string | ModelConfig)[];
  /** Where keys are looked up. Default `process.env`. */
  readonly env?: Environment;
  /** Addresses by provider id; an id of your own names a server with OpenAI's API. */
  readonly baseURLs?: { readonly [provider: string]: string };
  /** A newer list of prices than the bundled one: what `cascadeflow prices --refresh` wrote, parsed. */
  readonly priceTable?: PriceTable;
  /** Carries the requests of providers that are only named, in place of the platform's `fetch` and the vendors' SDKs. */
  readonly send?: Send;
}

/**
 * An agent in one line: `cascade({ models: ['openai/gpt-4o-mini', 'openai/gpt-5'] })`. Providers that are only named are set up with their
 * keys from the environment; those handed in as `providers` win.
 * @throws InvalidOptionsError naming the field, or the variable of a missing key.
 */
export function cascade(options: CascadeOptions): CascadeAgent {
  const { models, env = process.env, baseURLs = {}, priceTable, send, providers = [], ...rest } = options;
  const configs = (models ?? []).map((model, index): ModelConfig => (typeof model === 'string' ? parseModelName(model, `models[${index}]`) : model));
  const known = new Set(providers.map((provider) => provider.id));
  const named = new Set(configs.flatMap(({ provider, model }) => (model === undefined && typeof provider === 'string' ? [provider] : [])));
  const opened = [...named]
    .filter((id) => !known.has(id))
    .map((id) => openProvider(id, { env, ...(baseURLs[id] !== undefined && { baseURL: baseURLs[id] }), ...(priceTable && { priceTable }), ...(send && { send }) }));
  return new CascadeAgent({ ...rest, models: configs, providers: [...providers, ...opened] });
}
