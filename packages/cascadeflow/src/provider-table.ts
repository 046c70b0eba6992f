import { InvalidOptionsError, type Provider } from '@cascadeflow/contract';
import { openai } from '@cascadeflow/providers-openai';

/** Variables by name, such as `process.env`. */
export type Environment = { readonly [name: string]: string | undefined };

/** Where a provider is and how it is let in. */
export interface ProviderSetup {
  readonly env: Environment;
  readonly baseURL?: string;
}

type Factory = (setup: ProviderSetup) => Provider;

/** Every provider that can be named in `provider/model`. To add one: a dependency and a line here. */
const factories: { readonly [id: string]: Factory } = {
  openai: (setup) => openai({ env: setup.env, ...(setup.baseURL !== undefined && { baseURL: setup.baseURL }) }),
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
  const variable = `${id.toUpperCase().replaceAll('-', '_')}_API_KEY`;
  return openai({ id, baseURL: setup.baseURL, apiKey: setup.env[variable] ?? 'none' });
}
