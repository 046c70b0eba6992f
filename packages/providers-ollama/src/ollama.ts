import type { Price, Provider } from '@cascadeflow/contract';
import {
  asList,
  asRecord,
  asText,
  type Check,
  checks,
  type ConnectionOptions,
  createFetchTransport,
  createNdjsonReader,
  createWireProvider,
  fetchJson,
  parseConnection,
  type Wire,
} from '@cascadeflow/provider-kit';
import { OllamaTranslator } from './ollama-translator.ts';
import { type OllamaSettings, toOllamaBody } from './to-ollama-body.ts';

/** Options of {@link ollama}. */
export interface OllamaOptions extends ConnectionOptions, OllamaSettings {}

/** A provider that can also say which models the server has. */
export interface OllamaProvider extends Provider {
  /** Names of the models that have been pulled. Throws `ProviderError` when the server cannot be reached. */
  models(options?: { readonly signal?: AbortSignal }): Promise<readonly string[]>;
}

/** Models on one's own machine cost no tokens. */
const free: Price = { input: 0, output: 0, source: 'local' };

const isKeepAlive: Check = (value) => (typeof value === 'number' || typeof value === 'string' ? undefined : 'seconds, or a duration such as 10m');
const isCount: Check = (value) => (Number.isInteger(value) && (value as number) > 0 ? undefined : 'a whole number above 0');

const refusals: Wire['refusals'] = {
  droppable: { think: undefined, logprobs: undefined, top_logprobs: undefined, keep_alive: undefined },
  aliases: { think: 'thinking' },
  together: { logprobs: 'top_logprobs' },
};

/** Models on an Ollama server, by default the one on this machine. Throws `InvalidOptionsError` for a wrong option. */
export function ollama(options: OllamaOptions = {}): OllamaProvider {
  const connection = parseConnection('ollama', options, {
    id: 'ollama',
    baseURL: 'http://127.0.0.1:11434',
    variable: 'OLLAMA_API_KEY',
    keyOptional: true,
    own: { keepAlive: isKeepAlive, contextLength: isCount },
  });
  const base = connection.baseURL.replace(/\/(?:api|v1)$/, '');
  const isLocal = checks.isAddress(base) === undefined && !/(?:^|\.)ollama\.com$/.test(new URL(base).hostname);
  const provider = createWireProvider({
    connection,
    options,
    transport: createFetchTransport(`${base}/api/chat`, connection),
    priceVendors: [],
    keyHint: 'check the key given as apiKey',
    describe: (model, known) => ({
      capabilities: { ...(options.contextLength !== undefined && { contextWindow: options.contextLength }), ...known },
      wire: {
        toBody: (request, stream) => toOllamaBody(model, request, options, stream),
        createReader: createNdjsonReader,
        createTranslator: (facts) => new OllamaTranslator(facts),
        refusals,
      },
    }),
  });
  return {
    ...provider,
    price: (name) => provider.price?.(name) ?? (isLocal ? free : undefined),
    async models({ signal } = {}) {
      const list = asRecord(await fetchJson(`${base}/api/tags`, connection, signal));
      return asList(list?.['models']).flatMap((entry) => asText(asRecord(entry)?.['name']) ?? []);
    },
  };
}
