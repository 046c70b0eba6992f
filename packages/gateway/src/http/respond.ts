import type { GatewayError } from '../errors/gateway-error.ts';
import { toErrorBody, toStatus, type Vendor } from '../errors/vendor-errors.ts';

/** Response headers by lower-case name. */
export type HeaderRecord = { readonly [name: string]: string };

/** Longest warning header; proxies refuse longer ones. Chosen by hand. */
const longestHeader = 1024;

/** An answer in plain parts, as any server can write it. */
export interface Reply {
  readonly status: number;
  readonly headers: HeaderRecord;
  /** A whole text, or the pieces of a stream as they come. */
  readonly body: string | ReadableStream<Uint8Array> | null;
}

/** A JSON answer. */
export function toJsonReply(body: unknown, status = 200, headers: HeaderRecord = {}): Reply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(body) };
}

/** An answer as servers that speak `fetch` want it. */
export function toResponse({ status, headers, body }: Reply): Response {
  return new Response(body, { status, headers });
}

/** An error as the vendor would send it. */
export function toErrorReply(vendor: Vendor, error: GatewayError, headers: HeaderRecord = {}): Reply {
  const wait = error.retryAfterMs === undefined ? {} : { 'retry-after': String(Math.ceil(error.retryAfterMs / 1000)) };
  return toJsonReply(toErrorBody(vendor, error), toStatus(vendor, error), { ...wait, ...headers });
}

/** A text as a header may hold it: printable ASCII on one line, cut where it is too long. */
export function toHeaderText(text: string): string {
  const plain = text.replace(/[^\x20-\x7e]/g, '?');
  return plain.length <= longestHeader ? plain : `${plain.slice(0, longestHeader - 3)}...`;
}
