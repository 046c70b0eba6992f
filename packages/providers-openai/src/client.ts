import { createLoader, type Transport } from '@cascadeflow/provider-kit';

/** The part of the official SDK's client that is used; an `OpenAI` or `AzureOpenAI` client has it. */
export interface OpenAIClient {
  readonly chat: { readonly completions: { create(body: never, options?: never): unknown } };
  readonly responses: { create(body: never, options?: never): unknown };
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

/** Gives a client, building it when it is first needed. */
export function createClientSource(settings: ClientSettings, client: OpenAIClient | undefined): () => OpenAIClient | Promise<OpenAIClient> {
  let ready = client;
  return () => {
    if (ready) return ready;
    return loadSdk().then(({ default: OpenAI }) => {
      // The SDK must not read the environment: what is not given is not wanted.
      ready ??= new OpenAI({ ...settings, webhookSecret: null, logLevel: 'off' });
      return ready;
    });
  };
}

/** What the SDK throws for a response that failed. */
interface StatusError {
  readonly status?: number;
  readonly headers?: Headers;
  readonly error?: unknown;
}

/** Sends bodies through the SDK; retries are off because the cascade retries, and the answer is read by us because the SDK lets cut streams end quietly. */
export function createSdkTransport(source: () => OpenAIClient | Promise<OpenAIClient>, api: 'chat' | 'responses', timeoutMs: number): Transport {
  return async (body, signal) => {
    const found = source();
    const client = found instanceof Promise ? await found : found;
    const resource = (api === 'chat' ? client.chat.completions : client.responses) as unknown as {
      create(body: object, options: object): { asResponse(): Promise<Response> };
    };
    try {
      return await resource.create(body, { signal, maxRetries: 0, timeout: timeoutMs }).asResponse();
    } catch (error) {
      const { status, headers, error: detail } = error as StatusError;
      if (typeof status !== 'number') throw error;
      return { status, ...(headers && { headers }), body: detail === undefined ? (error as Error).message : { error: detail } };
    }
  };
}
