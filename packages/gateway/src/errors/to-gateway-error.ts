import { type AllModelsFailedError, CascadeError, type CascadeEvent, type ErrorInfo, type InvalidOptionsError } from '@cascadeflow/contract';
import { GatewayError } from './gateway-error.ts';

/** What a client is told of whatever was thrown. A stranger's message is kept back: it may hold anything. */
export function toGatewayError(error: unknown): GatewayError {
  if (error instanceof GatewayError) return error;
  if (!CascadeError.is(error)) return new GatewayError('internal', 'the gateway failed', { cause: error });
  if (error.code === 'invalid-options') {
    const { path } = error as InvalidOptionsError;
    return new GatewayError('invalid-request', error.message, { ...(path && { param: path }) });
  }
  const attempts = error.code === 'all-models-failed' ? (error as AllModelsFailedError).attempts : [];
  return fromErrorInfo(error.toInfo(), attempts.map((attempt) => attempt.error));
}

/** What a client is told of a failed run; `failures` are its failed calls in order. */
export function fromErrorInfo(info: ErrorInfo, failures: readonly ErrorInfo[]): GatewayError {
  switch (info.code) {
    case 'budget-exceeded':
      return new GatewayError('quota', info.message, { code: 'insufficient_quota' });
    case 'deadline-exceeded':
      return new GatewayError('timeout', info.message);
    case 'no-capable-model':
      return new GatewayError('invalid-request', info.message, { code: 'no_capable_model' });
    case 'content-blocked':
      return new GatewayError('invalid-request', info.message, { code: 'content_policy_violation' });
    case 'all-models-failed':
      return fromProviderFailure(failures.at(-1) ?? info);
    case 'provider-failed':
      return fromProviderFailure(info);
    case 'aborted':
      return new GatewayError('invalid-request', info.message, { status: 499 });
    default:
      return new GatewayError('internal', 'the gateway failed');
  }
}

/** The request's own faults are handed on as such; what is between the gateway and the vendor, its key above all, is the gateway's fault. */
function fromProviderFailure(info: ErrorInfo): GatewayError {
  const wait = info.retryAfterMs === undefined ? {} : { retryAfterMs: info.retryAfterMs };
  switch (info.kind) {
    case 'bad-request':
      return new GatewayError('invalid-request', info.message);
    case 'context-length':
      return new GatewayError('invalid-request', info.message, { code: 'context_length_exceeded' });
    case 'content-filter':
      return new GatewayError('invalid-request', info.message, { code: 'content_filter' });
    case 'rate-limit':
      return new GatewayError('rate-limit', info.message, { code: 'rate_limit_exceeded', ...wait });
    case 'overloaded':
    case 'unavailable':
      return new GatewayError('overloaded', info.message, wait);
    case 'timeout':
      return new GatewayError('timeout', info.message);
    case 'auth':
    case 'permission':
    case 'quota':
      return new GatewayError('upstream', `${info.provider ?? 'the provider'} refused the gateway's own access (${info.kind})`);
    default:
      return new GatewayError('upstream', info.message);
  }
}

/** Collects the failed calls of a run, so that its end can be explained. */
export class FailureLog {
  readonly #failures: ErrorInfo[] = [];

  /** Notes a failed call, and gives the error to send when the event is the failure of the run. */
  take(event: CascadeEvent): GatewayError | undefined {
    if (event.type === 'attempt-fail') this.#failures.push(event.error);
    return event.type === 'cascade-fail' ? fromErrorInfo(event.error, this.#failures) : undefined;
  }
}
