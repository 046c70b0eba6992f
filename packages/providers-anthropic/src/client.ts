import { createLoader, createSdkTransport, type SdkResource, type Transport } from '@cascadeflow/provider-kit';

/** The part of the official SDK's client that is used; clients for Bedrock, Vertex and Foundry have it too. */
export interface AnthropicClient {
  post(path: string, options?: never): unknown;
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
    return toResource(new Anthropic({ ...settings, authToken: null, webhookKey: null, logLevel: 'off' }));
  };
  return createSdkTransport(client && toResource(client), build, timeoutMs);
}

/** `messages.create` without its habit of writing to the console when a model is deprecated. */
function toResource(client: AnthropicClient): SdkResource {
  const { post } = client as unknown as { post(path: string, options: object): unknown };
  return { create: (body: object, options?: object) => post.call(client, '/v1/messages', { ...options, body }) };
}
