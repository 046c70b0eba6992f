import { AllModelsFailedError, CascadeError, type CascadeEvent, type FailedAttempt, ProviderError, type ProviderErrorKind } from '@cascadeflow/contract';
import type { RunContext } from '../child/run-context.ts';

/** What a failed run throws at its caller: the reason of the caller's own signal, else our error with the child's own as its cause. */
export function toCallerError(error: unknown, context: RunContext | undefined, signal: AbortSignal | undefined): unknown {
  if (signal?.aborted) return signal.reason instanceof Error ? signal.reason : new Error(typeof signal.reason === 'string' ? signal.reason : 'Aborted');
  if (CascadeError.is(error)) error.cause ??= context?.lastError;
  return error;
}

/** The error of a run whose end was told as an event. */
export function fromFailEvent(event: Extract<CascadeEvent, { type: 'cascade-fail' }>, failures: readonly FailedAttempt[]): CascadeError {
  const { code, message, kind, provider, model, retryable, status, retryAfterMs, requestId } = event.error;
  const error =
    code === 'all-models-failed' ? new AllModelsFailedError(failures)
    : code === 'provider-failed' && kind !== undefined && provider !== undefined ?
      new ProviderError(message, {
        kind: kind as ProviderErrorKind,
        provider,
        retryable: retryable === true,
        ...(model !== undefined && { model }),
        ...(status !== undefined && { status }),
        ...(retryAfterMs !== undefined && { retryAfterMs }),
        ...(requestId !== undefined && { requestId }),
      })
    : new CascadeError(code, message);
  error.spend = event.spend;
  return error;
}
