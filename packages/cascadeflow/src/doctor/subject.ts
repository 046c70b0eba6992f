import type { Price } from '@cascadeflow/contract';
import type { GatewayFile } from '../gateway/config-schema.ts';
import { parseModelName } from '../model-name.ts';
import type { Environment } from '../provider-table.ts';

/** A model to look after, with the way to its provider. */
export interface Subject {
  readonly name: string;
  /** Id in the cascade. */
  readonly provider: string;
  /** One of the known providers, or a name of one's own. */
  readonly type: string;
  /** The price somebody gave it. */
  readonly cost?: number | Price;
  readonly baseURL?: string;
  readonly env: Environment;
}

/** The models of `--model` flags. */
export function subjectsOfFlags(models: readonly string[], baseURLs: { readonly [provider: string]: string }, env: Environment): Subject[] {
  return models.map((text) => {
    const { provider, name, cost } = parseModelName(text, '--model');
    const baseURL = baseURLs[provider];
    return { name, provider, type: provider, env, ...(cost && { cost }), ...(baseURL !== undefined && { baseURL }) };
  });
}

/** The models of a gateway's configuration, each once. */
export function subjectsOfConfig(file: GatewayFile, env: Environment): Subject[] {
  const found = new Map<string, Subject>();
  for (const { models } of Object.values(file.cascades)) {
    for (const model of models) {
      const { provider, name, cost } = typeof model === 'string' ? parseModelName(model, 'models') : model;
      const { type = provider, apiKey, baseURL } = file.providers?.[provider] ?? {};
      const own = apiKey === undefined ? env : { ...env, [`${type.toUpperCase().replaceAll('-', '_')}_API_KEY`]: apiKey, ...(type === 'huggingface' && { HF_TOKEN: apiKey }) };
      found.set(`${provider}/${name}`, { name, provider, type, env: own, ...(cost !== undefined && { cost: cost as number | Price }), ...(baseURL !== undefined && { baseURL }) });
    }
  }
  return [...found.values()];
}
