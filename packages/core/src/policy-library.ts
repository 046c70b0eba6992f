import { bulkhead, circuitBreaker, CircuitState, ConsecutiveBreaker, handleWhen } from 'cockatiel';

/** The parts of cockatiel that are used, named one by one so that bundlers leave the rest of it out. Loaded at the first call. */
export const policyLibrary = { bulkhead, circuitBreaker, CircuitState, ConsecutiveBreaker, handleWhen };

/** What {@link policyLibrary} holds. */
export type PolicyLibrary = typeof policyLibrary;
