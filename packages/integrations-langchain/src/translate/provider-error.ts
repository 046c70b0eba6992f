import { CascadeError, ProviderError, type ProviderErrorKind } from '@cascadeflow/contract';

const kindOfStatus: { readonly [status: number]: ProviderErrorKind } = {
  400: 'bad-request', 401: 'auth', 402: 'quota', 403: 'permission', 404: 'not-found', 408: 'timeout', 409: 'other', 413: 'context-length',
  422: 'bad-request', 429: 'rate-limit', 503: 'overloaded', 529: 'overloaded',
};
const kindOfCode: { readonly [code: string]: ProviderErrorKind } = {
  MODEL_RATE_LIMIT: 'rate-limit', MODEL_AUTHENTICATION: 'auth', MODEL_NOT_FOUND: 'not-found', INVALID_TOOL_RESULTS: 'bad-request', CONTEXT_OVERFLOW: 'context-length',
};
const kindOfName: { readonly [name: string]: ProviderErrorKind } = {
  TimeoutError: 'timeout', APIConnectionTimeoutError: 'timeout', APIConnectionError: 'network', ContextOverflowError: 'context-length',
  ModelRefusalError: 'content-filter', ContentFilterFinishReasonError: 'content-filter',
};
const retryable = new Set<ProviderErrorKind>(['rate-limit', 'overloaded', 'server', 'network', 'timeout', 'cut']);

interface StrangerError {
  readonly name?: string;
  readonly status?: unknown;
  readonly statusCode?: unknown;
  readonly response?: { readonly status?: unknown };
  readonly lc_error_code?: string;
  readonly request_id?: unknown;
  readonly headers?: unknown;
}

/** Whatever a chat model threw as a `ProviderError`. The stranger's own text is kept only as the cause: it may hold a key or a prompt. */
export function toProviderError(error: unknown, provider: string, model: string): CascadeError {
  if (CascadeError.is(error)) return error;
  const stranger = (typeof error === 'object' && error !== null ? error : {}) as StrangerError;
  const status = [stranger.status, stranger.statusCode, stranger.response?.status].find((value) => typeof value === 'number');
  const kind = kindOf(stranger, status);
  const requestId = typeof stranger.request_id === 'string' ? stranger.request_id : undefined;
  const retryAfterMs = readRetryAfter(stranger.headers);
  return new ProviderError(`${provider}/${model} failed: ${status === undefined ? kind : `${kind}, status ${status}`}`, {
    kind,
    provider,
    model,
    retryable: retryable.has(kind),
    cause: error,
    ...(status !== undefined && { status }),
    ...(requestId !== undefined && { requestId }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  });
}

function kindOf(error: StrangerError, status: number | undefined): ProviderErrorKind {
  const told = kindOfCode[error.lc_error_code ?? ''] ?? kindOfName[error.name ?? ''];
  if (told) return told;
  if (status === undefined) return 'other';
  return kindOfStatus[status] ?? (status >= 500 ? 'server' : 'other');
}

function readRetryAfter(headers: unknown): number | undefined {
  const text = headers instanceof Headers ? headers.get('retry-after') : (headers as { readonly [name: string]: unknown } | undefined)?.['retry-after'];
  const seconds = typeof text === 'string' && text !== '' ? Number(text) : Number.NaN;
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}
