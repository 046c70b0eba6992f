import { createLoader, createSdkTransport, type SdkResource, type Transport } from '@cascadeflow/provider-kit';

/** The part of the official SDK's client that is used; an `OpenAI` or `AzureOpenAI` client has it. */
export interface OpenAIClient {
  readonly chat: { readonly completions: SdkResource };
  readonly responses: SdkResource;
}

/** How a client is built when none is handed in. */
export interface ClientSettings {
  readonly apiKey: string;
  readonly baseURL: string;
  readonly organization: string | null;
  readonly project: string | null;
  readonly defaultHeaders: { readonly [name: string]: string };
}

const loadSdk = createLoader('openai', 'openai()', () => import('openai'));

/** Sends bodies through the SDK's client, which is built at the first call unless one is handed in. */
export function createOpenAITransport(settings: ClientSettings, client: OpenAIClient | undefined, api: 'chat' | 'responses', timeoutMs: number): Transport {
  const pick = (from: OpenAIClient) => (api === 'chat' ? from.chat.completions : from.responses);
  const build = async () => {
    const { default: OpenAI } = await loadSdk();
    // The SDK must not read the environment: what is not given is not wanted.
    return pick(new OpenAI({ ...settings, webhookSecret: null, logLevel: 'off' }));
  };
  return createSdkTransport(client && pick(client), build, timeoutMs);
}
