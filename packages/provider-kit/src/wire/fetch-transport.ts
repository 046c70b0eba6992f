import type { Connection } from '../options.ts';
import { userAgent } from '../version.ts';
import type { Transport } from './wire-model.ts';

/** Sends bodies with the connection's `send`, or the platform's `fetch`, which keeps connections open between calls. `headers` are the vendor's own; by default the key goes along as a bearer token. */
export function createFetchTransport(url: string, connection: Connection, headers: { readonly [name: string]: string } = bearer(connection)): Transport {
  const sent = { 'content-type': 'application/json', 'user-agent': userAgent, ...headers, ...connection.headers };
  // Looked up at each call: programs put another one in its place.
  const send = connection.send ?? ((target, request) => fetch(target, request));
  return (body, signal) => send(url, { method: 'POST', headers: sent, body: JSON.stringify(body), signal });
}

function bearer({ apiKey }: Connection): { readonly [name: string]: string } {
  return apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` };
}
