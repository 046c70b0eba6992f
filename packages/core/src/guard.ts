import type { ModelRequest, ProviderError } from '@cascadeflow/contract';
import type { Attempt } from './attempt.ts';
import type { Tier } from './tiers.ts';

/** Leave to call a model, or the reason why it may not be called now. */
export interface Admission {
  /** Set when the model must not be called: the call then fails with it at once, unbilled. */
  readonly refusal?: { readonly policy: 'breaker' | 'bulkhead' | 'rate-limit'; readonly error: ProviderError };
  /** Told how an admitted call ended. */
  done?(attempt: Attempt): void;
  /** Gives the leave back: the call will not be made. */
  release?(): void;
}

/** Stands before every call: breakers, limits, and whatever else may keep a model from being called. Shared by all runs of an agent. */
export interface Guard {
  /** May wait, but not beyond the signal. `lastResort`: nobody else is left, so a model that is left alone may be asked before its rest is over. */
  admit(tier: Tier, request: ModelRequest, signal: () => AbortSignal, lastResort: boolean): Admission | Promise<Admission>;
}
