import type { Price, Provider } from '@cascadeflow/contract';
import { type ConnectionOptions, createChatProvider, createFetchTransport, fetchJson, findPrice, openaiFamilies, openFamilies, parseConnection, type Transport, userAgent } from '@cascadeflow/provider-kit';
import type { KyInstance } from 'ky';
import { findVendor } from './price-vendor.ts';
import { type ProxyModel, toProxyModels } from './proxy-models.ts';

/** Options of {@link litellm}. `baseURL` is the proxy's address; default `http://127.0.0.1:4000`. */
export type LiteLLMOptions = ConnectionOptions;

/** A provider that can also say what the proxy serves. */
export interface LiteLLMProvider extends Provider {
  /**
   * The proxy's models with their prices and limits. What it says is kept: `price` and the capabilities of models made afterwards know it.
   * Throws `ProviderError` when the proxy cannot be reached or refuses the key.
   */
  models(options?: { readonly signal?: AbortSignal }): Promise<readonly ProxyModel[]>;
}

/** Header in which the proxy says what a call cost, in USD. */
const costHeader = 'x-litellm-response-cost';

/** Models of over 100 vendors through a LiteLLM proxy. Throws `InvalidOptionsError` for a wrong option. */
export function litellm(options: LiteLLMOptions = {}): LiteLLMProvider {
  const connection = parseConnection('litellm', options, {
    id: 'litellm',
    baseURL: 'http://127.0.0.1:4000',
    variable: 'LITELLM_API_KEY',
    keyOptional: true,
  });
  const base = connection.baseURL.replace(/\/v1$/, '');
  const { apiKey, headers } = connection;
  const sent = new Headers({ 'user-agent': userAgent, ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }), ...headers });
  const chatURL = `${base}/v1/chat/completions`;
  const provider = createChatProvider({
    connection,
    options,
    transport: connection.send ? createFetchTransport(chatURL, connection) : createKyTransport(chatURL, sent),
    quirks: { cacheControl: true },
    families: [...openFamilies, ...openaiFamilies],
    priceVendors: [],
    keyHint: 'check the virtual key given as apiKey',
    familyName: (name) => name.slice(name.lastIndexOf('/') + 1),
    readCost: (from) => toCost(from.get(costHeader)),
  });
  const known = new Map<string, ProxyModel>();
  const price = (name: string): Price | undefined => {
    const own = provider.price?.(name) ?? known.get(name)?.price;
    if (own) return own;
    const { vendor, model } = findVendor(name);
    return vendor === undefined ? undefined : findPrice([vendor], model, undefined, options.priceTable);
  };
  return {
    ...provider,
    price,
    model: (name, settings) =>
      provider.model(name, { ...settings, capabilities: { ...known.get(name)?.capabilities, ...settings?.capabilities } }),
    async models({ signal } = {}) {
      const list = toProxyModels(await fetchJson(`${base}/model/info`, connection, signal));
      for (const model of list) known.set(model.name, model);
      return list;
    },
  };
}

/**
 * Sends bodies with `ky`, which is imported at the first call; its retries, time-outs and errors are off, because the provider kit has its own. An
 * instance of `ky` would put its options together at each call.
 */
function createKyTransport(url: string, headers: Headers): Transport {
  let ky: KyInstance | undefined;
  return async (body, signal) => {
    ky ??= (await import('ky')).default;
    return ky.post(url, { json: body, signal, headers, retry: 0, timeout: false, throwHttpErrors: false });
  };
}

/** The proxy writes 0.0 where it does not know a price. */
function toCost(header: string | null): number | undefined {
  const cost = Number(header ?? Number.NaN);
  return cost > 0 ? cost : undefined;
}
