import type { GatewayError } from '../errors/gateway-error.ts';
import { toErrorBody, toStatus, type Vendor } from '../errors/vendor-errors.ts';

/** Response headers by lower-case name. */
export type HeaderRecord = { readonly [name: string]: string };

/** Longest warning header; proxies refuse longer ones. Chosen by hand. */
const longestHeader = 1024;

/** A JSON answer. */
export function toJsonResponse(body: unknown, status = 200, headers: HeaderRecord = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });
}

/** An error as the vendor would send it. */
export function toErrorResponse(vendor: Vendor, error: GatewayError, headers: HeaderRecord = {}): Response {
  const wait = error.retryAfterMs === undefined ? {} : { 'retry-after': String(Math.ceil(error.retryAfterMs / 1000)) };
  return toJsonResponse(toErrorBody(vendor, error), toStatus(vendor, error), { ...wait, ...headers });
}

/** A text as a header may hold it: printable ASCII on one line, cut where it is too long. */
export function toHeaderText(text: string): string {
  const plain = text.replace(/[^\x20-\x7e]/g, '?');
  return plain.length <= longestHeader ? plain : `${plain.slice(0, longestHeader - 3)}...`;
}
