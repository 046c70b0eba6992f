import type { ModelRequest, Route } from '@cascadeflow/contract';
import type { Attempt } from './attempt.ts';
import type { Reservation } from './steps/reserve-budget.ts';

/** One pass through the cascade: the calls made for one turn of the conversation. */
export class Walk {
  readonly step: number;
  readonly request: ModelRequest;
  readonly route: Route;
  /** Finished calls that may become the answer, in order. */
  readonly attempts: Attempt[] = [];
  /** Tiers that have been called, finished or not. */
  readonly called = new Set<number>();
  /** Tiers that were found too slow for what was left of the deadline. */
  readonly tooSlow = new Set<number>();
  /** Calls started ahead of their turn, by tier. */
  readonly early = new Map<number, Attempt>();

  /** Money set aside for this turn. */
  reservation: Reservation | undefined;
  /** What speculation expects to add to this turn's bill, in 1e-12 USD. */
  setAside = 0;
  /** True once an answer stands. */
  settled = false;

  constructor(step: number, request: ModelRequest, route: Route) {
    this.step = step;
    this.request = request;
    this.route = route;
  }

  /** True when nothing planned comes after this tier. */
  isLastOf(tier: number): boolean {
    const { tiers } = this.route.plan;
    const place = tiers.indexOf(tier);
    return place < 0 || place === tiers.length - 1;
  }

  /** The planned tier that has not been called yet and comes next, or `undefined`. */
  nextTier(): number | undefined {
    return this.route.plan.tiers.find((tier) => !this.attempts.some((attempt) => attempt.tier === tier));
  }
}
