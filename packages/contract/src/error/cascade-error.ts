const brand = Symbol.for('cascadeflow.error');

/** Every way a run, an option or a file can fail. */
export type ErrorCode =
  | 'invalid-options'
  | 'no-capable-model'
  | 'provider-failed'
  | 'all-models-failed'
  | 'deadline-exceeded'
  | 'aborted'
  | 'budget-exceeded'
  | 'content-blocked'
  | 'approval-denied'
  | 'tool-failed'
  | 'steps-exceeded'
  | 'missing-package'
  | 'invalid-data'
  | 'internal';

/** Money spent before a failure, in USD. */
export interface Spend {
  readonly totalCost: number | undefined;
  readonly pricingIncomplete: boolean;
}

/** An error as plain data: what events, traces and other processes see. Holds no key and no prompt. */
export interface ErrorInfo {
  readonly name: string;
  readonly code: ErrorCode;
  readonly message: string;
  readonly kind?: string;
  readonly provider?: string;
  readonly model?: string;
  readonly status?: number;
  readonly retryable?: boolean;
  readonly retryAfterMs?: number;
  readonly requestId?: string;
}

/** The parent of every error that cascadeflow throws. `code` says which; `cause` holds what was caught. */
export class CascadeError extends Error {
  readonly code: ErrorCode;
  /** What the run had cost when it failed; absent outside runs. */
  spend?: Spend;
  readonly [brand] = true;

  constructor(code: ErrorCode, message: string, options?: { readonly cause?: unknown }) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'CascadeError';
    this.code = code;
  }

  /** The error as plain data. */
  toInfo(): ErrorInfo {
    return { name: this.name, code: this.code, message: this.message };
  }

  /** True for errors of any copy of this package that may be installed beside this one. */
  static is(value: unknown): value is CascadeError {
    return typeof value === 'object' && value !== null && (value as { [brand]?: unknown })[brand] === true;
  }
}
