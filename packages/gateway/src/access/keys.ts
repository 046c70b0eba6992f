import type { GatewayKey } from '../config.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import type { RequestHeaders } from '../http/gateway-request.ts';

/** Bytes of a new key: as many as its hash has. */
const keyBytes = 32;

/** A new key for a client, `cf-…`: 256 random bits. Show it once and keep only its hash. */
export function createKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(keyBytes));
  return `cf-${btoa(String.fromCharCode(...bytes)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '')}`;
}

/** SHA-256 of a key in lower-case hex. Enough for keys of 256 random bits, which nobody can guess; not for passwords. */
export async function hashKey(key: string): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(key)));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The key a request shows, in either vendor's way. */
export function shownKey(headers: RequestHeaders): string | undefined {
  return headers.get('x-api-key') ?? /^bearer +(\S+)$/i.exec(headers.get('authorization') ?? '')?.[1];
}

/**
 * Whose request it is.
 * @throws GatewayError 401 when its key is missing or unknown.
 */
export async function authenticate(headers: RequestHeaders, keys: readonly GatewayKey[]): Promise<GatewayKey> {
  const shown = shownKey(headers);
  if (!shown) {
    throw new GatewayError('authentication', 'No API key was given. Send it as "Authorization: Bearer KEY" or as "x-api-key: KEY".', { code: 'missing_api_key' });
  }
  const hash = await hashKey(shown);
  let found: GatewayKey | undefined;
  // Every key is compared whole, so that the time taken tells nothing.
  for (const key of keys) if (isSame(hash, key.hash)) found = key;
  if (found) return found;
  throw new GatewayError('authentication', 'Incorrect API key provided.', { code: 'invalid_api_key' });
}

/** Compares in a time that depends on the lengths alone. */
export function isSame(left: string, right: string): boolean {
  let difference = left.length ^ right.length;
  for (let index = 0; index < left.length; index++) difference |= left.charCodeAt(index) ^ right.charCodeAt(index);
  return difference === 0;
}
