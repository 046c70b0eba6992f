import { CascadeError, ProviderError, type ProviderErrorKind } from '@cascadeflow/contract';

const kindOfStatus: { readonly [status: number]: ProviderErrorKind } = {
  400: 'bad-request', 401: 'auth', 402: 'quota', 403: 'permission', 404: 'not-found', 408: 'timeout', 409: 'other', 413: 'context-length',
  422: 'bad-request', 429: 'rate-limit', 503: 'overloaded', 529: 'overloaded',
};

interface StrangerError {
  readonly name?: string;
  readonly statusCode?: unknown;
  readonly isRetryable?: unknown;
  readonly responseHeaders?: { readonly [name: string]: string | undefined };
}

/** Whatever a language model threw as a `ProviderError`. The stranger's own text is kept only as the cause: it may hold a key or a prompt. */
export function toProviderError(error: unknown, provider: string, model: string): CascadeError {
  if (CascadeError.is(error)) return error;
  const stranger = (typeof error === 'object' && error !== null ? error : {}) as StrangerError;
  const status = typeof stranger.statusCode === 'number' ? stranger.statusCode : undefined;
  const kind = kindOf(stranger, status);
  const seconds = Number(stranger.responseHeaders?.['retry-after'] ?? Number.NaN);
  return new ProviderError(`${provider}/${model} failed: ${status === undefined ? kind : `${kind}, status ${status}`}`, {
    kind,
    provider,
    model,
    retryable: stranger.isRetryable === true || kind === 'network' || kind === 'server' || kind === 'timeout',
    cause: error,
    ...(status !== undefined && { status }),
    ...(Number.isFinite(seconds) && seconds >= 0 && { retryAfterMs: seconds * 1000 }),
  });
}

function kindOf(error: StrangerError, status: number | undefined): ProviderErrorKind {
  if (error.name === 'TimeoutError') return 'timeout';
  if (status !== undefined) return kindOfStatus[status] ?? (status >= 500 ? 'server' : 'other');
  // The AI SDK's error for a call that never got an answer has no status and may be tried again.
  return error.isRetryable === true ? 'network' : 'other';
}
