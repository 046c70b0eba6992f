import type { Provider } from '@cascadeflow/contract';
import { type ChatFamily, type ConnectionOptions, createChatProvider, createFetchTransport, openFamilies, parseConnection } from '@cascadeflow/provider-kit';

/** Options of {@link together}. */
export type TogetherOptions = ConnectionOptions;

/** What Together's server does differently: no usage switch (the last piece always has it), alternatives counted in `logprobs`. Source: its published schema. */
const vendor = { logprobsField: 'count', topLogprobs: 20, parallelToolCalls: false, user: false, streamUsage: false } as const;

const families: readonly ChatFamily[] = [
  { name: 'text-only', match: /Llama-3(?:\.[13])?-|Mixtral|Mistral-7B|deepseek|Qwen2\.5-(?!VL)|Qwen3-(?!VL)/i, quirks: { images: false } },
];

/** Models on Together AI. Throws `InvalidOptionsError` for a wrong option or a missing key. */
export function together(options: TogetherOptions): Provider {
  const connection = parseConnection('together', options, { id: 'together', baseURL: 'https://api.together.xyz/v1', variable: 'TOGETHER_API_KEY' });
  return createChatProvider({
    connection,
    options,
    transport: createFetchTransport(`${connection.baseURL}/chat/completions`, connection),
    quirks: vendor,
    families: [...openFamilies, ...families],
    priceVendors: ['together'],
    keyHint: 'check the key given as apiKey',
  });
}
