import { InvalidOptionsError, type Provider } from '@cascadeflow/contract';
import {
  type ChatQuirks,
  type ConnectionDefaults,
  type ConnectionOptions,
  createChatProvider,
  createFetchTransport,
  openaiFamilies,
  openFamilies,
  parseConnection,
} from '@cascadeflow/provider-kit';

/** Options of {@link vllm} and {@link openaiCompatible}. `baseURL` is needed; a key only where the server wants one. */
export interface CompatibleOptions extends ConnectionOptions {
  /** What the server does differently from plain Chat Completions. */
  readonly quirks?: Partial<ChatQuirks>;
}

const isQuirks = (value: unknown) => (typeof value === 'object' && value !== null ? undefined : 'an object of quirks');

/** What vLLM does differently: it goes on with an answer that was begun. Source: its page on the OpenAI-compatible server. */
const vllmQuirks: Partial<ChatQuirks> = { prefill: 'continue-final-message', stop: 1000 };

/**
 * Models on a vLLM server: `vllm({ baseURL: 'http://localhost:8000/v1' })`.
 *
 * Throws `InvalidOptionsError` for a wrong option or a missing `baseURL`.
 */
export function vllm(options: CompatibleOptions): Provider {
  return createCompatible('vllm', options, vllmQuirks);
}

/**
 * Models on any server that speaks OpenAI's Chat Completions, such as llama.cpp, LM Studio, DeepSeek, Mistral, xAI or Gemini.
 *
 * Throws `InvalidOptionsError` for a wrong option or a missing `baseURL`.
 */
export function openaiCompatible(options: CompatibleOptions): Provider {
  return createCompatible('openaiCompatible', options, {});
}

function createCompatible(factory: string, options: CompatibleOptions, vendor: Partial<ChatQuirks>): Provider {
  const defaults: ConnectionDefaults = {
    id: factory === 'vllm' ? 'vllm' : 'openai-compatible',
    baseURL: '',
    keyOptional: true,
    own: { quirks: isQuirks },
    ...(factory === 'vllm' && { variable: 'VLLM_API_KEY' }),
  };
  const connection = parseConnection(factory, options, defaults);
  if (connection.baseURL === '') throw new InvalidOptionsError(`${factory}.baseURL`, "give the server's address, such as http://localhost:8000/v1");
  return createChatProvider({
    connection,
    options,
    transport: createFetchTransport(`${connection.baseURL}/chat/completions`, connection),
    quirks: { ...vendor, ...options.quirks },
    families: [...openFamilies, ...openaiFamilies],
    priceVendors: findVendors(connection.baseURL),
    keyHint: 'check the key given as apiKey',
  });
}

/** Hosts whose list prices are in the table. A server of one's own has none: give `prices`. */
const vendorByHost: { readonly [host: string]: string } = {
  'api.deepseek.com': 'deepseek',
  'api.mistral.ai': 'mistral',
  'api.x.ai': 'x-ai',
  'api.cerebras.ai': 'cerebras',
  'api.fireworks.ai': 'fireworks',
  'api.moonshot.ai': 'moonshotai',
  'api.perplexity.ai': 'perplexity',
  'api.z.ai': 'zai',
  'generativelanguage.googleapis.com': 'google',
};

function findVendors(baseURL: string): readonly string[] {
  const vendor = vendorByHost[new URL(baseURL).hostname];
  return vendor === undefined ? [] : [vendor];
}
