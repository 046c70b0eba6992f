import { CascadeError, type ProviderError, type ProviderErrorKind } from '@cascadeflow/contract';
import { createProviderError, type ErrorContext } from './provider-failure.ts';

/** Codes of Node's and undici's errors that say more than "no connection". */
const kindByCode: { readonly [code: string]: ProviderErrorKind } = {
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  ETIMEDOUT: 'timeout',
  CERT_HAS_EXPIRED: 'other',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'other',
  SELF_SIGNED_CERT_IN_CHAIN: 'other',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'other',
  ERR_TLS_CERT_ALTNAME_INVALID: 'other',
  ERR_INVALID_URL: 'other',
};

/** Turns what `fetch` or a socket threw into a {@link ProviderError}; errors of ours pass through. `started` is true once the body has begun: then the answer was cut. */
export function toNetworkError(error: unknown, context: ErrorContext, started: boolean): ProviderError | CascadeError {
  if (CascadeError.is(error)) return error;
  if (error instanceof SyntaxError || error instanceof RangeError) return createProviderError('malformed', context);
  const code = findCode(error);
  const kind = (code !== undefined && kindByCode[code]) || (started ? 'cut' : 'network');
  const detail = code ?? (error instanceof Error && error.name !== 'Error' ? error.name : undefined);
  return createProviderError(kind, context, { detail, cause: plainCause(error, code) });
}

/** The code of an error or of the errors that caused it. */
function findCode(error: unknown): string | undefined {
  let current = error as { code?: unknown; cause?: unknown; errors?: readonly unknown[] } | undefined;
  for (let depth = 0; depth < 5 && typeof current === 'object' && current !== null; depth++) {
    if (typeof current.code === 'string') return current.code;
    current = (current.cause ?? current.errors?.[0]) as typeof current;
  }
  return undefined;
}

/** Raw errors may hold addresses with credentials, headers or bodies; only name and code are kept. */
function plainCause(error: unknown, code: string | undefined): Error {
  const cause = new Error(code ?? 'request failed');
  cause.name = error instanceof Error ? error.name : 'Error';
  return cause;
}
