import { ProviderError, type ProviderErrorKind } from '@cascadeflow/contract';

/** Longest wait that an endpoint may ask for and get, in milliseconds. */
const LONGEST_RETRY_AFTER_MS = 60_000;

const kinds: Readonly<Record<number, ProviderErrorKind>> = { 400: 'bad-request', 401: 'auth', 403: 'permission', 404: 'not-found', 429: 'rate-limit', 503: 'overloaded' };

/** A failed embeddings request as a ProviderError, without key, text or body. */
export function toProviderError(model: string, { response, cause, timedOut = false }: { readonly response?: Response; readonly cause?: unknown; readonly timedOut?: boolean }): ProviderError {
  if (cause instanceof ProviderError) return cause;
  if (response) {
    const kind = kinds[response.status] ?? (response.status >= 500 ? 'server' : 'bad-request');
    const seconds = Number(response.headers.get('retry-after') ?? NaN);
    return new ProviderError(`the embeddings endpoint answered with status ${response.status}`, {
      kind,
      provider: 'embeddings',
      model,
      status: response.status,
      retryable: response.status === 429 || response.status >= 500,
      ...(seconds >= 0 && { retryAfterMs: Math.min(seconds * 1000, LONGEST_RETRY_AFTER_MS) }),
    });
  }
  if (timedOut) return failure('timeout', 'the embeddings endpoint did not answer in time', true);
  const readable = cause instanceof SyntaxError || (cause instanceof TypeError && /answer|vector/.test(cause.message));
  if (readable) return failure('malformed', `the embeddings endpoint sent what cannot be read: ${(cause as Error).message}`, false);
  return failure('network', 'the embeddings endpoint could not be reached', true);

  function failure(kind: ProviderErrorKind, message: string, retryable: boolean): ProviderError {
    return new ProviderError(message, { kind, provider: 'embeddings', model, retryable, cause });
  }
}

/** True for provider errors worth another try. */
export function isRetryable(error: unknown): error is ProviderError {
  return error instanceof ProviderError && error.retryable;
}
