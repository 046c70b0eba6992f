import { CascadeError, type ErrorInfo } from './cascade-error.ts';

/** Thrown before money is spent when a budget has no room for the worst case of the plan. */
export class BudgetExceededError extends CascadeError {
  /** Name of the purse, `user:42:2026-11-22`. */
  readonly scope: string;
  /** USD. */
  readonly limit: number;
  /** USD that were needed. */
  readonly needed: number;

  constructor(message: string, details: { readonly scope: string; readonly limit: number; readonly needed: number }) {
    super('budget-exceeded', message);
    this.name = 'BudgetExceededError';
    this.scope = details.scope;
    this.limit = details.limit;
    this.needed = details.needed;
  }
}

/** Thrown when the deadline passed before any usable answer. */
export class DeadlineExceededError extends CascadeError {
  readonly deadlineMs: number;

  constructor(deadlineMs: number, options?: { readonly cause?: unknown }) {
    super('deadline-exceeded', `no answer within the deadline of ${deadlineMs} ms`, options);
    this.name = 'DeadlineExceededError';
    this.deadlineMs = deadlineMs;
  }
}

/** Thrown when the caller's signal ended the run. */
export class AbortedError extends CascadeError {
  constructor(options?: { readonly cause?: unknown }) {
    super('aborted', 'the run was aborted by its caller', options);
    this.name = 'AbortedError';
  }
}

/** One failed call, as plain data. */
export interface FailedAttempt {
  readonly model: string;
  readonly provider: string;
  readonly tier: number;
  readonly error: ErrorInfo;
}

/** Thrown when every model of the plan failed and no draft is usable. */
export class AllModelsFailedError extends CascadeError {
  readonly attempts: readonly FailedAttempt[];

  constructor(attempts: readonly FailedAttempt[]) {
    const told = attempts.map(tellAttempt).join('; ');
    super('all-models-failed', `every model failed: ${told}`);
    this.name = 'AllModelsFailedError';
    this.attempts = attempts;
  }
}

/** Most errors begin with who failed already. */
function tellAttempt({ provider, model, error }: FailedAttempt): string {
  const subject = `${provider}/${model}`;
  return error.message.startsWith(subject) ? error.message : `${subject}: ${error.message}`;
}

/** Thrown when something optional is asked for and its package is absent. The message is the install command. */
export class MissingPackageError extends CascadeError {
  readonly packageName: string;

  constructor(packageName: string, purpose: string, options?: { readonly cause?: unknown }) {
    super('missing-package', `${purpose} needs the package ${packageName}: npm install ${packageName}`, options);
    this.name = 'MissingPackageError';
    this.packageName = packageName;
  }
}
