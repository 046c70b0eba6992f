import type { Provider } from '@cascadeflow/contract';
import { type ChatFamily, type ConnectionOptions, createChatProvider, createFetchTransport, openFamilies, parseConnection } from '@cascadeflow/provider-kit';

/** Options of {@link groq}. */
export type GroqOptions = ConnectionOptions;

/** What Groq's server does differently. Source: its API reference, OpenAI compatibility, reasoning and structured outputs pages. */
const vendor = { maxTokens: 'max_completion_tokens', topLogprobs: false, json: 'object', prefill: 'native' } as const;

const families: readonly ChatFamily[] = [
  { name: 'gpt-oss', match: /^openai\/gpt-oss/, quirks: { json: 'schema', strictSubset: true, extra: { include_reasoning: true } } },
  { name: 'structured', match: /llama-4-|kimi-k2/, quirks: { json: 'schema' } },
  {
    name: 'qwen3',
    match: /^qwen\/qwen3/,
    quirks: { reasoningEffort: { none: 'none', low: 'default' }, defaultEffort: 'low', inlineThinking: false, extra: { reasoning_format: 'parsed' } },
  },
  {
    name: 'qwen3.8',
    match: /^qwen\/qwen3\.8/,
    quirks: { reasoningEffort: { none: 'none', low: 'low', medium: 'medium', high: 'high' } },
  },
  { name: 'deepseek-r1-distill', match: /^deepseek-r1-distill/, quirks: { inlineThinking: false, extra: { reasoning_format: 'parsed' } } },
  { name: 'text-only', match: /^(?:llama-3|llama3|gemma|mixtral|mistral|qwen\/|deepseek|moonshotai)/, quirks: { images: false } },
];

/** Models on Groq. Throws `InvalidOptionsError` for a wrong option or a missing key. */
export function groq(options: GroqOptions): Provider {
  const connection = parseConnection('groq', options, { id: 'groq', baseURL: 'https://api.groq.com/openai/v1', variable: 'GROQ_API_KEY' });
  return createChatProvider({
    connection,
    options,
    transport: createFetchTransport(`${connection.baseURL}/chat/completions`, connection),
    quirks: vendor,
    families: [...openFamilies, ...families],
    priceVendors: ['groq'],
    keyHint: 'check the key given as apiKey',
  });
}
