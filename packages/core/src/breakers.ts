/** The part of cockatiel that is used, named one by one so that bundlers can leave out the rest of what is loaded at the first call. */
export { bulkhead, circuitBreaker, CircuitState, ConsecutiveBreaker, handleWhen } from 'cockatiel';
