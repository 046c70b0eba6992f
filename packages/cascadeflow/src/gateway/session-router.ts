import { calibrateRoute, type Calibration, type CascadeEvent, type KeyValueStore, type Router } from '@cascadeflow/contract';
import { createRouter, withSessions } from '@cascadeflow/routing';

/** A router whose sessions are kept in a store, and what it must hear of the runs. */
export interface SessionRouting {
  readonly router: Router;
  /** Notes which tier answered a session: the messages of a wire do not say it. */
  readonly onEvent: (event: CascadeEvent) => void;
}

/** The default router over a store of sessions. A store that is away costs a session its memory, never the run. */
export function createSessionRouting(store: KeyValueStore, calibration: Calibration | undefined): SessionRouting {
  const route = withSessions(createRouter({ sessions: false }), { store });
  return {
    router: (input) => {
      const found = route(input);
      if (!calibration) return found;
      return found instanceof Promise ? found.then((late) => late && calibrateRoute(calibration, late)) : found && calibrateRoute(calibration, found);
    },
    onEvent(event) {
      if (event.type !== 'cascade-end') return;
      const { sessionId, tier, cacheHit, plan } = event.result;
      // A model that was asked for by its own name says nothing about where the session stands.
      if (sessionId === undefined || cacheHit || plan.tiers.length < 2) return;
      route.recordAnswer(sessionId, tier).catch(() => {});
    },
  };
}
