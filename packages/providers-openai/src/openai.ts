import { InvalidOptionsError, type Provider } from '@cascadeflow/contract';
import {
  type Check,
  checks,
  type ConnectionOptions,
  createChatWire,
  createFetchTransport,
  createSseReader,
  createWireProvider,
  findQuirks,
  openaiFamilies,
  openFamilies,
  parseConnection,
  toCapabilities,
  userAgent,
  type Wire,
} from '@cascadeflow/provider-kit';
import { createOpenAITransport, type OpenAIClient } from './client.ts';
import { ResponsesTranslator } from './responses-translator.ts';
import { toResponsesBody } from './to-responses-body.ts';

/** Options of {@link openai}. */
export interface OpenAIOptions extends ConnectionOptions {
  readonly organization?: string;
  readonly project?: string;
  /** Which of the two APIs is spoken. Default `chat`, which every compatible server has; `responses` keeps a reasoning model's thinking between turns. */
  readonly api?: 'chat' | 'responses';
  /** A client of the official SDK that is already set up; `apiKey`, `baseURL`, `organization` and `project` are then its own affair. */
  readonly client?: OpenAIClient;
}

const isApi: Check = (value) => (value === 'chat' || value === 'responses' ? undefined : "'chat' or 'responses'");

const families = [...openFamilies, ...openaiFamilies];

/** Fields of the Responses API that a server may refuse by name. */
const responsesRefusals: Wire['refusals'] = {
  droppable: {
    temperature: undefined,
    top_p: undefined,
    top_logprobs: undefined,
    parallel_tool_calls: undefined,
    reasoning: undefined,
    include: undefined,
    user: undefined,
    max_output_tokens: undefined,
    store: undefined,
  },
  silent: new Set(['include', 'store']),
};

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
    own: { organization: checks.isText, project: checks.isText, client: checks.isObject, api: isApi },
  });
  const settings = {
    apiKey: connection.apiKey ?? '',
    baseURL: connection.baseURL,
    organization: options.organization ?? null,
    project: options.project ?? null,
    defaultHeaders: { 'User-Agent': userAgent, ...connection.headers },
  };
  const api = options.api ?? 'chat';
  if (options.client && options.send) throw new InvalidOptionsError('openai.send', 'must not be given beside client, which sends by itself');
  const own = { authorization: `Bearer ${settings.apiKey}`, ...(options.organization && { 'openai-organization': options.organization }), ...(options.project && { 'openai-project': options.project }) };
  return createWireProvider({
    connection,
    options,
    transport: connection.send
      ? createFetchTransport(`${connection.baseURL}${api === 'chat' ? '/chat/completions' : '/responses'}`, connection, own)
      : createOpenAITransport(settings, options.client, api, connection.timeouts.timeoutMs),
    priceVendors: ['openai'],
    keyHint: 'check the key given as apiKey',
    describe(model, known) {
      const quirks = findQuirks(model, {}, families);
      const responses: Wire = {
        toBody: (request, stream) => toResponsesBody(model, connection.id, request, quirks, stream),
        createReader: createSseReader,
        createTranslator: (facts) => new ResponsesTranslator(facts),
        refusals: responsesRefusals,
      };
      return { wire: api === 'chat' ? createChatWire(model, quirks) : responses, capabilities: toCapabilities(quirks, known) };
    },
  });
}
