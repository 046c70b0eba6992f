import type { Assessment, Complexity, Domain, RouterInput } from '@cascadeflow/contract';
import type { Needs } from './preflight.ts';

/** Everything a router knows about a request before it plans. */
export interface RoutingFacts {
  readonly input: RouterInput;
  readonly complexity: Assessment<Complexity>;
  readonly domain: Assessment<Domain>;
  readonly needs: Needs;
  /** Expected share of cheap models that fail on the request, 0 to 1; absent where complexity is unknown. */
  readonly expectedFailure?: number | undefined;
  /** Expected gain in correctness from a dearer model, -1 to 1. */
  readonly expectedGain?: number | undefined;
}
