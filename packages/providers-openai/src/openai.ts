import type { Provider } from '@cascadeflow/contract';
import { checks, type ConnectionOptions, createChatProvider, openaiFamilies, openFamilies, parseConnection, userAgent } from '@cascadeflow/provider-kit';
import { createOpenAITransport, type OpenAIClient } from './client.ts';

/** Options of {@link openai}. */
export interface OpenAIOptions extends ConnectionOptions {
  readonly organization?: string;
  readonly project?: string;
  /** A client of the official SDK that is already set up; `apiKey`, `baseURL`, `organization` and `project` are then its own affair. */
  readonly client?: OpenAIClient;
}

/**
 * OpenAI's models, and those of any server with the same API, through the official `openai` package, which is imported at the first call.
 *
 * Throws `InvalidOptionsError` for a wrong option or a missing key.
 */
export function openai(options: OpenAIOptions): Provider {
  const connection = parseConnection('openai', options, {
    id: 'openai',
    baseURL: 'https://api.openai.com/v1',
    variable: 'OPENAI_API_KEY',
    keyOptional: options?.client !== undefined,
    own: { organization: checks.isText, project: checks.isText, client: checks.isObject },
  });
  const settings = {
    apiKey: connection.apiKey ?? '',
    baseURL: connection.baseURL,
    organization: options.organization ?? null,
    project: options.project ?? null,
    defaultHeaders: { 'User-Agent': userAgent, ...connection.headers },
  };
  return createChatProvider({
    connection,
    options,
    transport: createOpenAITransport(settings, options.client, 'chat', connection.timeouts.timeoutMs),
    quirks: {},
    families: [...openFamilies, ...openaiFamilies],
    priceVendors: ['openai'],
    keyHint: 'check the key given as apiKey',
  });
}
