import type { Route } from '../route.ts';
import type { AcceptChance, Calibration } from './calibration.ts';

/** What a chance of acceptance is looked up by. */
export interface ChanceSlice {
  readonly domain: { readonly label: string };
  readonly complexity: { readonly label: string };
}

/** The chance that a draft is accepted for a route, from the entry that names the most about it; `undefined` when none fits. */
export function acceptChanceFor(calibration: Pick<Calibration, 'acceptChances'>, route: ChanceSlice): number | undefined {
  let best: AcceptChance | undefined;
  let bestNamed = -1;
  for (const entry of calibration.acceptChances) {
    if (entry.domain !== undefined && entry.domain !== route.domain.label) continue;
    if (entry.complexity !== undefined && entry.complexity !== route.complexity.label) continue;
    const named = (entry.domain === undefined ? 0 : 2) + (entry.complexity === undefined ? 0 : 1);
    if (named >= bestNamed) [best, bestNamed] = [entry, named];
  }
  return best?.chance;
}

/**
 * A route, corrected by what was seen on recorded traffic: the plan learns its chance of acceptance, and where that is too small for a draft to
 * pay the verifier is asked at once. Plans that go direct anyway stay as they are.
 */
export function calibrateRoute(calibration: Calibration, route: Route): Route {
  const { plan } = route;
  const chance = acceptChanceFor(calibration, route);
  const verifier = plan.tiers.at(-1);
  if (plan.start === 'direct' || plan.tiers.length < 2 || chance === undefined || verifier === undefined) return route;
  if (chance >= calibration.directBelow) return { ...route, plan: { ...plan, acceptChance: chance } };
  const percent = Math.round(chance * 100);
  return {
    ...route,
    plan: { ...plan, tiers: [verifier], start: 'direct', acceptChance: chance },
    reasons: [`On traffic like this ${percent}% of drafts are accepted, too few for a draft to pay.`, ...route.reasons],
  };
}
