import { InvalidOptionsError, type ModelInfo, type Plan, type Router, type RouterInput } from '@cascadeflow/contract';
import { expectedCost } from '../plan/expected-cost.ts';
import { readNeeds } from '../plan/preflight.ts';

/** How much one request may be expected to cost. */
export interface BudgetLimit {
  /** USD for all calls of the plan together, should every tier be tried. */
  readonly perRequest: number;
}

/**
 * Takes the dearest tiers out of a router's plan until the plan, with every tier tried, is expected to stay within the limit. The cheapest tier
 * always stays: a limit is no refusal, for that there are budgets. Models without a price count as free, and the reasons say so.
 *
 * @throws InvalidOptionsError when the limit is not a number above 0.
 */
export function withinBudget(limit: BudgetLimit, router: Router): Router {
  if (!(limit.perRequest > 0)) throw new InvalidOptionsError('perRequest', `give USD above 0; got ${limit.perRequest}`);
  return async (input) => {
    const route = await router(input);
    if (!route) return undefined;
    const { plan, dropped } = cut(route.plan, input, limit.perRequest);
    if (dropped.length === 0) return route;
    const names = dropped.map((model) => model.name).join(', ');
    return { ...route, plan, reasons: [`${names} left out: the plan would be expected to cost more than ${limit.perRequest} USD`, ...route.reasons] };
  };
}

function cut(plan: Plan, input: RouterInput, limit: number): { readonly plan: Plan; readonly dropped: readonly ModelInfo[] } {
  const needs = readNeeds(input.request);
  const priced = plan.tiers.map((tier) => {
    const model = input.models.find((candidate) => candidate.tier === tier);
    return { tier, model, cost: (model && expectedCost(model, needs)) ?? 0 };
  });
  const dropped: ModelInfo[] = [];
  const total = () => priced.reduce((sum, entry) => sum + entry.cost, 0);
  while (priced.length > 1 && total() > limit) {
    const dearest = priced.reduce((most, entry, index) => (entry.cost > (priced[most]?.cost ?? 0) ? index : most), 0);
    const [gone] = priced.splice(dearest, 1);
    if (gone?.model) dropped.push(gone.model);
  }
  const tiers = priced.map((entry) => entry.tier);
  const excluded = [...plan.excluded, ...dropped.map((model) => ({ model: model.name, reason: 'it would exceed the limit for one request' }))];
  return { plan: { ...plan, tiers, excluded, start: tiers.length > 1 ? plan.start : 'direct' }, dropped };
}
