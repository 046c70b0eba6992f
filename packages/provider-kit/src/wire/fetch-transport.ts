import { userAgent } from '../version.ts';
import type { Transport } from './wire-model.ts';

/** Sends bodies with the platform's `fetch`, which keeps connections open between calls. */
export function createFetchTransport(url: string, apiKey: string | undefined, headers: { readonly [name: string]: string }): Transport {
  const sent = {
    'content-type': 'application/json',
    'user-agent': userAgent,
    ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }),
    ...headers,
  };
  return (body, signal) => fetch(url, { method: 'POST', headers: sent, body: JSON.stringify(body), signal });
}
