import type { CascadeEvent } from '@cascadeflow/contract';

/** Sees every event of every run: what an agent takes as `onEvent`. */
export type EventObserver = (event: CascadeEvent) => void;

/** One observer out of several, called in order. One that throws does not keep the others from being called; its error is thrown at the end. */
export function observeAll(...observers: readonly (EventObserver | undefined)[]): EventObserver {
  return (event) => {
    const errors: unknown[] = [];
    for (const observer of observers) {
      try {
        observer?.(event);
      } catch (error) {
        errors.push(error);
      }
    }
    if (errors.length > 0) throw errors[0];
  };
}
