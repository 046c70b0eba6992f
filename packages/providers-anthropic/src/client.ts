import { createLoader, createSdkTransport, type Transport } from '@cascadeflow/provider-kit';

/** The part of the official SDK's client that is used; clients for Bedrock, Vertex and Foundry have it too. */
export interface AnthropicClient {
  readonly messages: { create(body: never, options?: never): unknown };
}

/** How a client is built when none is handed in. */
export interface ClientSettings {
  readonly apiKey: string;
  readonly baseURL: string;
  readonly defaultHeaders: { readonly [name: string]: string };
}

const loadSdk = createLoader('@anthropic-ai/sdk', 'anthropic()', () => import('@anthropic-ai/sdk'));

/** Sends bodies through the SDK's client, which is built at the first call unless one is handed in. */
export function createAnthropicTransport(settings: ClientSettings, client: AnthropicClient | undefined, timeoutMs: number): Transport {
  const build = async () => {
    const { default: Anthropic } = await loadSdk();
    // The SDK must not read the environment: what is not given is not wanted.
    return new Anthropic({ ...settings, authToken: null, webhookKey: null, logLevel: 'off' }).messages;
  };
  return createSdkTransport(client?.messages, build, timeoutMs);
}
