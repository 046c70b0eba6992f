/** What went wrong with a request, before a vendor's words are put on it. */
export type FaultKind =
  | 'invalid-request'
  | 'authentication'
  | 'permission'
  | 'not-found'
  | 'too-large'
  | 'timeout'
  | 'rate-limit'
  | 'quota'
  | 'overloaded'
  | 'upstream'
  | 'internal';

/** Status of each kind of fault. */
const statuses: { readonly [kind in FaultKind]: number } = {
  'invalid-request': 400,
  authentication: 401,
  permission: 403,
  'not-found': 404,
  'too-large': 413,
  timeout: 504,
  'rate-limit': 429,
  quota: 429,
  overloaded: 503,
  upstream: 502,
  internal: 500,
};

/** What a {@link GatewayError} may add to its kind. */
export interface FaultDetails {
  /** Wins over the kind's own status. */
  readonly status?: number;
  /** Where the bad value stands in the body, `messages[0].role`. */
  readonly param?: string;
  /** The vendor's machine-readable word, `model_not_found`. */
  readonly code?: string;
  readonly retryAfterMs?: number;
  readonly cause?: unknown;
}

/** A request that is answered with an error. The message is meant for the client: it holds no key and nothing of the inside. */
export class GatewayError extends Error {
  readonly kind: FaultKind;
  readonly status: number;
  readonly param: string | undefined;
  readonly code: string | undefined;
  readonly retryAfterMs: number | undefined;

  constructor(kind: FaultKind, message: string, details: FaultDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'GatewayError';
    this.kind = kind;
    this.status = details.status ?? statuses[kind];
    this.param = details.param;
    this.code = details.code;
    this.retryAfterMs = details.retryAfterMs;
  }
}
