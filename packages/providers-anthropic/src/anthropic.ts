import { InvalidOptionsError, type Provider } from '@cascadeflow/contract';
import { checks, type ConnectionOptions, createFetchTransport, createSseReader, createWireProvider, parseConnection, userAgent, type Wire } from '@cascadeflow/provider-kit';
import { AnthropicTranslator } from './anthropic-translator.ts';
import { type AnthropicClient, createAnthropicTransport } from './client.ts';
import { toAnthropicBody } from './to-anthropic-body.ts';

/** Options of {@link anthropic}. */
export interface AnthropicOptions extends ConnectionOptions {
  /** A client of the official SDK that is already set up, for Bedrock or Vertex too; `apiKey` and `baseURL` are then its own affair. */
  readonly client?: AnthropicClient;
}

/** The version of the API that is spoken; the SDK sends its own. */
const apiVersion = '2023-06-01';

/** Fields that a server may refuse by name. */
const refusals: Wire['refusals'] = {
  droppable: {
    temperature: undefined,
    top_p: undefined,
    stop_sequences: undefined,
    thinking: undefined,
    output_config: undefined,
    tool_choice: undefined,
    metadata: undefined,
  },
};

/**
 * Claude models through the official `@anthropic-ai/sdk`, which is imported at the first call.
 *
 * Throws `InvalidOptionsError` for a wrong option or a missing key.
 */
export function anthropic(options: AnthropicOptions): Provider {
  const connection = parseConnection('anthropic', options, {
    id: 'anthropic',
    baseURL: 'https://api.anthropic.com',
    variable: 'ANTHROPIC_API_KEY',
    keyOptional: options?.client !== undefined,
    own: { client: checks.isObject },
  });
  const settings = {
    apiKey: connection.apiKey ?? '',
    // The SDK adds the version to the path itself.
    baseURL: connection.baseURL.replace(/\/v1$/, ''),
    defaultHeaders: { 'User-Agent': userAgent, ...connection.headers },
  };
  if (options.client && options.send) throw new InvalidOptionsError('anthropic.send', 'must not be given beside client, which sends by itself');
  return createWireProvider({
    connection,
    options,
    transport: connection.send
      ? createFetchTransport(`${settings.baseURL}/v1/messages`, connection, { 'x-api-key': settings.apiKey, 'anthropic-version': apiVersion })
      : createAnthropicTransport(settings, options.client, connection.timeouts.timeoutMs),
    priceVendors: ['anthropic'],
    keyHint: 'check the key given as apiKey',
    describe: (model, known) => ({
      capabilities: { logprobs: false, ...known },
      wire: {
        toBody: (request, stream) => toAnthropicBody(model, connection.id, request, stream),
        createReader: createSseReader,
        createTranslator: (facts) => new AnthropicTranslator(facts),
        refusals,
      },
    }),
  });
}
