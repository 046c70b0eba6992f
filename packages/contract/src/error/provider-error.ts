import { CascadeError, type ErrorInfo } from './cascade-error.ts';

/** What went wrong at a provider. `cut` is a stream that stopped before its end, `malformed` an answer that could not be read. */
export type ProviderErrorKind =
  | 'rate-limit'
  | 'overloaded'
  | 'server'
  | 'network'
  | 'timeout'
  | 'cut'
  | 'malformed'
  | 'auth'
  | 'permission'
  | 'not-found'
  | 'bad-request'
  | 'context-length'
  | 'content-filter'
  | 'quota'
  | 'unavailable'
  | 'other';

/** What a {@link ProviderError} is made of. */
export interface ProviderErrorDetails {
  readonly kind: ProviderErrorKind;
  readonly provider: string;
  readonly model?: string;
  /** HTTP status, where there was one. */
  readonly status?: number;
  /** True when the same call may succeed later. */
  readonly retryable: boolean;
  /** How long the provider asks to wait, in milliseconds. */
  readonly retryAfterMs?: number;
  readonly requestId?: string;
  readonly cause?: unknown;
}

/** Thrown by models when the provider failed or refused. Never holds the key, the prompt or the answer. */
export class ProviderError extends CascadeError {
  readonly kind: ProviderErrorKind;
  readonly provider: string;
  readonly model: string | undefined;
  readonly status: number | undefined;
  readonly retryable: boolean;
  readonly retryAfterMs: number | undefined;
  readonly requestId: string | undefined;

  constructor(message: string, details: ProviderErrorDetails) {
    super('provider-failed', message, { cause: details.cause });
    this.name = 'ProviderError';
    this.kind = details.kind;
    this.provider = details.provider;
    this.model = details.model;
    this.status = details.status;
    this.retryable = details.retryable;
    this.retryAfterMs = details.retryAfterMs;
    this.requestId = details.requestId;
  }

  override toInfo(): ErrorInfo {
    return {
      ...super.toInfo(),
      kind: this.kind,
      provider: this.provider,
      retryable: this.retryable,
      ...(this.model !== undefined && { model: this.model }),
      ...(this.status !== undefined && { status: this.status }),
      ...(this.retryAfterMs !== undefined && { retryAfterMs: this.retryAfterMs }),
      ...(this.requestId !== undefined && { requestId: this.requestId }),
    };
  }
}
