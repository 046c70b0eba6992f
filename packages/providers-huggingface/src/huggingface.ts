import type { Price, Provider } from '@cascadeflow/contract';
import { checks, type ConnectionOptions, createChatProvider, createFetchTransport, findPrice, openFamilies, parseConnection } from '@cascadeflow/provider-kit';

/** Options of {@link huggingface}. */
export interface HuggingFaceOptions extends ConnectionOptions {
  /** Address of a dedicated Inference Endpoint; the router is then not used. */
  readonly endpointUrl?: string;
}

/** What the router and its text generation servers do differently. Source: the published schema of the chat completion task. */
const vendor = { parallelToolCalls: false, user: false, stop: 4, topLogprobs: 5 } as const;

/** Vendors of the router by the suffix of a model's name, `model:groq`. */
const priceVendor = /:(cerebras|fireworks-ai|groq|hyperbolic|nebius|novita|nscale|sambanova|together)$/;

/**
 * Models on Hugging Face: Inference Providers by `org/name` or `org/name:provider`, or a dedicated endpoint.
 *
 * Throws `InvalidOptionsError` for a wrong option or a missing key.
 */
export function huggingface(options: HuggingFaceOptions): Provider {
  const connection = parseConnection('huggingface', options, {
    id: 'huggingface',
    baseURL: 'https://router.huggingface.co/v1',
    variable: 'HF_TOKEN',
    own: { endpointUrl: checks.isAddress },
  });
  const base = options.endpointUrl === undefined ? connection.baseURL : `${options.endpointUrl.replace(/\/+$/, '').replace(/\/v1$/, '')}/v1`;
  const provider = createChatProvider({
    connection,
    options,
    transport: createFetchTransport(`${base}/chat/completions`, connection),
    quirks: vendor,
    families: openFamilies,
    priceVendors: [],
    keyHint: 'check the token given as apiKey',
  });
  return { ...provider, price: (name) => provider.price?.(name) ?? findRouterPrice(name, options) };
}

/** The router passes the vendors' own prices on; without a vendor in the name it is not known which one will answer. */
function findRouterPrice(name: string, options: HuggingFaceOptions): Price | undefined {
  const vendorName = priceVendor.exec(name)?.[1];
  if (vendorName === undefined || options.endpointUrl !== undefined) return undefined;
  return findPrice([`huggingface_${vendorName}`], name.slice(0, name.lastIndexOf(':')), undefined, options.priceTable);
}
