import { connectionSecrets } from '../error/connection-secrets.ts';
import { createProviderError, type ErrorContext, toProviderError } from '../error/provider-failure.ts';
import type { Connection } from '../options.ts';
import { userAgent } from '../version.ts';
import { Call } from './call.ts';
import { readFailure } from './wire-model.ts';

/** Asks a server for a list of its own, such as its models. Throws `ProviderError` with the usual kinds. */
export async function fetchJson(url: string, connection: Connection, signal: AbortSignal | undefined): Promise<unknown> {
  const { apiKey } = connection;
  const context: ErrorContext = { provider: connection.id, secrets: { keys: connectionSecrets(connection), texts: () => [] } };
  const call = new Call(signal, { ...connection.timeouts, timeoutMs: connection.timeouts.idleTimeoutMs }, context);
  const headers = { 'user-agent': userAgent, ...(apiKey !== undefined && { authorization: `Bearer ${apiKey}` }), ...connection.headers };
  try {
    const response = await fetch(url, { headers, signal: call.signal });
    if (!response.ok) throw toProviderError(await readFailure(response), context);
    const text = await response.text();
    call.finish();
    try {
      return JSON.parse(text);
    } catch {
      throw createProviderError('malformed', context, { detail: 'the answer is not JSON' });
    }
  } catch (error) {
    throw call.toThrown(error);
  } finally {
    call.close();
  }
}
