import { InvalidOptionsError, type Provider } from '@cascadeflow/contract';
import { type Connection, type ConnectionOptions, findPrice, parseConnection } from '@cascadeflow/provider-kit';
import { fromAiSdk } from './from-ai-sdk.ts';
import { type AiSdkModel, type AiSdkProvider, vendorOf } from './language-model.ts';

/** Options of {@link aiSdk}. The AI SDK provider has its own key and address. */
export type AiSdkOptions = Pick<ConnectionOptions, 'id' | 'timeoutMs' | 'idleTimeoutMs' | 'prices' | 'priceTable'>;

/** Vendors that the price table knows by another name. */
const priceVendors: { readonly [vendor: string]: string } = { xai: 'x-ai', togetherai: 'together', moonshotai: 'moonshotai', vertex: 'google' };

/**
 * The models of a provider of the AI SDK 5 to 7: `aiSdk(createMistral({ apiKey }), { id: 'mistral' })`.
 *
 * Throws `InvalidOptionsError` for a wrong option, and when the provider has no language model of a name.
 */
export function aiSdk(provider: AiSdkProvider, options: AiSdkOptions = {}): Provider {
  if (typeof provider !== 'function' && typeof (provider as { languageModel?: unknown } | null)?.languageModel !== 'function') {
    throw new InvalidOptionsError('aiSdk', 'needs a provider of the AI SDK, such as createOpenAI({ apiKey }) gives');
  }
  const connection: Connection = parseConnection('aiSdk', options, { id: 'ai-sdk', baseURL: '', keyOptional: true });
  const open = (name: string): AiSdkModel => (typeof provider === 'function' ? provider(name) : provider.languageModel(name));
  return {
    id: connection.id,
    model: (name, settings) => fromAiSdk(open(name), { ...settings, provider: connection.id, timeouts: connection.timeouts }),
    price(name) {
      const vendor = vendorOf(open(name));
      return findPrice([priceVendors[vendor] ?? vendor], name, options.prices, options.priceTable);
    },
  };
}
