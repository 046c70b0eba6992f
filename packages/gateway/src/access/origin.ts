import { GatewayError } from '../errors/gateway-error.ts';
import type { GatewayRequest, RequestHeaders } from '../http/gateway-request.ts';
import type { HeaderRecord, Reply } from '../http/respond.ts';

/**
 * Headers for a web page that may ask; none for a request that is not from a page.
 * @throws GatewayError 403 for any other page: without this, every page a user opens could spend through a gateway on their machine.
 */
export function admitOrigin(headers: RequestHeaders, origins: readonly string[]): HeaderRecord {
  const origin = headers.get('origin');
  if (origin === null) return {};
  if (!origins.includes(origin)) throw new GatewayError('permission', `requests from the web page ${JSON.stringify(origin.slice(0, 200))} are not allowed`, { code: 'origin_not_allowed' });
  return { 'access-control-allow-origin': origin, 'access-control-expose-headers': '*', vary: 'Origin' };
}

const loopbackHost = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;

/**
 * True for a request of a page that came from this very gateway, as its dashboard does. Whoever owns a name can let it point here, so without the
 * operator's key only names of this machine are believed.
 */
export function isOwnPage(request: Pick<GatewayRequest, 'headers' | 'url'>, hasAdminKey: boolean): boolean {
  const origin = request.headers.get('origin');
  return origin !== null && URL.canParse(origin) && new URL(origin).host === hostOf(request) && (hasAdminKey || isLoopbackHost(request));
}

/** True for a request that was sent to a name of this machine. */
export function isLoopbackHost(request: Pick<GatewayRequest, 'headers' | 'url'>): boolean {
  return loopbackHost.test(hostOf(request));
}

/** A server may hand the target on under a name of its own; what the client asked for is in its header. */
function hostOf({ headers, url }: Pick<GatewayRequest, 'headers' | 'url'>): string {
  return headers.get('host') ?? new URL(url).host;
}

/** The answer to a page that asks whether it may ask. */
export function answerPreflight(headers: RequestHeaders, allowed: HeaderRecord): Reply {
  const wanted = headers.get('access-control-request-headers') ?? 'authorization, content-type';
  return {
    status: 204,
    body: null,
    headers: { ...allowed, 'access-control-allow-methods': 'GET, POST', 'access-control-allow-headers': wanted, 'access-control-max-age': '600' },
  };
}
