import { ProviderError, type ProviderErrorKind } from '@cascadeflow/contract';
import { findErrorKind, isRetryableKind } from './error-kind.ts';
import { readRetryAfter } from './retry-after.ts';
import { scrub, type Secrets } from './scrub.ts';
import type { WireHeaders } from '../wire/wire-response.ts';

/** Where an error happened, and what it must not repeat. */
export interface ErrorContext {
  readonly provider: string;
  readonly model?: string | undefined;
  readonly secrets: Secrets;
  /** What a user could do about a refused key, such as the name of the option that holds it. */
  readonly keyHint?: string | undefined;
}

/** A failed answer as it came over the wire. */
export interface WireFailure {
  readonly status?: number | undefined;
  readonly headers?: WireHeaders | undefined;
  /** The parsed body, or its text when it is not JSON. */
  readonly body?: unknown;
}

const requestIdHeaders = ['x-request-id', 'request-id', 'x-litellm-call-id', 'cf-ray'];

const told: { readonly [kind in ProviderErrorKind]: string } = {
  'rate-limit': 'rate limit reached',
  overloaded: 'the vendor is overloaded',
  server: 'the server failed',
  network: 'no connection',
  timeout: 'timed out',
  cut: 'the stream was cut before its end',
  malformed: 'the answer could not be read',
  auth: 'the key was refused',
  permission: 'the key may not do this',
  'not-found': 'no such model or address',
  'bad-request': 'the request was refused',
  'context-length': 'the request is longer than the model can read',
  'content-filter': 'blocked by the content filter',
  quota: 'the quota or balance is used up',
  unavailable: 'temporarily unavailable',
  other: 'failed',
};

/** Builds the error of one kind with the sentence that goes with it. `detail` is the vendor's own words; it is scrubbed. */
export function createProviderError(
  kind: ProviderErrorKind,
  context: ErrorContext,
  more: {
    readonly detail?: string | undefined;
    readonly status?: number | undefined;
    readonly retryAfterMs?: number | undefined;
    readonly requestId?: string | undefined;
    readonly cause?: unknown;
  } = {},
): ProviderError {
  const detail = more.detail ? scrub(more.detail, context.secrets) : '';
  const subject = context.model === undefined ? context.provider : `${context.provider}/${context.model}`;
  const status = more.status === undefined ? '' : ` (HTTP ${more.status})`;
  const hint = kind === 'auth' && context.keyHint ? `; ${context.keyHint}` : '';
  return new ProviderError(`${subject}: ${told[kind]}${status}${detail === '' ? '' : `: ${detail}`}${hint}`, {
    kind,
    provider: context.provider,
    retryable: isRetryableKind(kind),
    ...(context.model !== undefined && { model: context.model }),
    ...(more.status !== undefined && { status: more.status }),
    ...(more.retryAfterMs !== undefined && { retryAfterMs: more.retryAfterMs }),
    ...(more.requestId !== undefined && { requestId: more.requestId }),
    ...(more.cause !== undefined && { cause: more.cause }),
  });
}

/** Turns a failed answer, or an error event inside a stream, into a {@link ProviderError}. */
export function toProviderError(failure: WireFailure, context: ErrorContext, now: number = Date.now()): ProviderError {
  const { labels, message, status: inner } = readFailureBody(failure.body);
  const status = failure.status !== undefined && failure.status >= 400 ? failure.status : inner;
  const kind = findErrorKind({ status, labels, message });
  const retryAfterMs = readRetryAfter(failure.headers, failure.body, message, now);
  const detail = [labels.join(', '), message].filter((part) => part !== '').join(': ');
  return createProviderError(kind, context, {
    status,
    detail,
    retryAfterMs,
    requestId: readRequestId(failure.headers, failure.body),
  });
}

/** The vendor's id of a request, where a header or the body gives one. */
export function readRequestId(headers: WireHeaders | undefined, body?: unknown): string | undefined {
  for (const name of requestIdHeaders) {
    const value = headers?.get(name);
    if (value) return value.slice(0, 200);
  }
  const id = (body as { request_id?: unknown } | null | undefined)?.request_id;
  return typeof id === 'string' ? id.slice(0, 200) : undefined;
}

/** Labels, message and status that vendors put at different places of an error body. */
export function readFailureBody(body: unknown): { labels: string[]; message: string; status?: number; parameter?: string } {
  if (typeof body === 'string') return { labels: [], message: stripMarkup(body) };
  if (typeof body !== 'object' || body === null) return { labels: [], message: '' };
  const outer = body as { readonly [key: string]: unknown };
  const error = typeof outer['error'] === 'object' && outer['error'] !== null ? (outer['error'] as typeof outer) : outer;
  const labels = [error['type'], error['code'], error['status']].filter(
    (label, index, all): label is string => typeof label === 'string' && label !== 'error' && !/^\d+$/.test(label) && all.indexOf(label) === index,
  );
  const message = [error['message'], outer['message'], outer['error'], outer['detail']].find((text) => typeof text === 'string') ?? validationDetail(outer);
  const status = [error['code'], error['status'], error['status_code'], outer['status_code']].map(Number).find((code) => code >= 400 && code < 600);
  return {
    labels: labels.map((label) => label.slice(0, 80)),
    message: String(message),
    ...(status !== undefined && { status }),
    ...(typeof error['param'] === 'string' && { parameter: error['param'] }),
  };
}

/** FastAPI servers list what is wrong with which field; the value they echo is left out. */
function validationDetail(body: { readonly [key: string]: unknown }): string {
  const detail = body['detail'];
  if (!Array.isArray(detail)) return '';
  return detail
    .slice(0, 3)
    .map((entry: { loc?: unknown; msg?: unknown } | null) => `${Array.isArray(entry?.loc) ? entry.loc.join('.') : ''}: ${String(entry?.msg ?? '')}`)
    .join('; ');
}

/** Proxies answer with pages of HTML; only their words are kept. */
function stripMarkup(text: string): string {
  const start = text.slice(0, 4000);
  return (/^\s*</.test(start) ? start.replace(/<[^<>]{0,500}>/g, ' ') : start).replace(/\s+/g, ' ').trim();
}
