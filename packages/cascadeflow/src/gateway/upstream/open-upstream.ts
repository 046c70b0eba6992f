import type { Provider } from '@cascadeflow/contract';
import { userAgent } from '@cascadeflow/provider-kit';
import { anthropic } from '@cascadeflow/providers-anthropic';
import { openai } from '@cascadeflow/providers-openai';
import { openProvider, type ProviderSetup } from '../../provider-table.ts';
import type { Send } from './send.ts';

/** The vendors' own addresses, and the version of Anthropic's API that is spoken. */
const vendors = { openai: 'https://api.openai.com/v1', anthropic: 'https://api.anthropic.com', anthropicVersion: '2023-06-01' } as const;

/**
 * A provider for a server that answers many requests. Those whose official SDK would carry the request get a client of the same form that
 * only sends: the SDK takes more processor time for a request than the whole gateway. What is sent and how answers are read stays the same.
 */
export function openUpstream(type: string, setup: ProviderSetup, send: Send): Provider {
  const { env, baseURL, priceTable } = setup;
  const rest = { ...(baseURL !== undefined && { baseURL }), ...(priceTable && { priceTable }) };
  const { OPENAI_API_KEY: openaiKey, ANTHROPIC_API_KEY: anthropicKey } = env;
  if (type === 'openai' && openaiKey) {
    const to = (path: string) => createResource(send, `${trim(baseURL ?? vendors.openai)}${path}`, { authorization: `Bearer ${openaiKey}` });
    return openai({ ...rest, client: { chat: { completions: to('/chat/completions') }, responses: to('/responses') } });
  }
  if (type === 'anthropic' && anthropicKey) {
    const headers = { 'x-api-key': anthropicKey, 'anthropic-version': vendors.anthropicVersion };
    const post = (path: string, { body, signal }: SendOptions & { readonly body: object }) =>
      createResource(send, trim(baseURL ?? vendors.anthropic).replace(/\/v1$/, '') + path, headers).create(body as never, { signal } as never);
    return anthropic({ ...rest, client: { post: post as never } });
  }
  return openProvider(type, setup);
}

interface SendOptions {
  readonly signal?: AbortSignal;
}

/** The method of an SDK's resource that the providers call. */
function createResource(send: Send, url: string, headers: { readonly [name: string]: string }) {
  const sent = { 'content-type': 'application/json', 'user-agent': userAgent, ...headers };
  return {
    create: (body: never, options?: never) => ({
      asResponse: () => send(url, { headers: sent, body: JSON.stringify(body), signal: (options as SendOptions | undefined)?.signal }),
    }),
  };
}

function trim(url: string): string {
  return url.endsWith('/') ? url.slice(0, -1) : url;
}
