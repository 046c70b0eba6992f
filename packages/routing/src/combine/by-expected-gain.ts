import { InvalidOptionsError, type Router } from '@cascadeflow/contract';
import { estimateComplexity } from '../complexity/assess-complexity.ts';

/**
 * Sends a request straight to the last model of the router's plan when a dearer model is expected to gain at least `directFrom`: the chance
 * that it is right where a cheap one is wrong, less the reverse. A look at the request alone, for callers who cannot wait for a draft; a judged
 * draft tells more.
 *
 * @throws InvalidOptionsError when `directFrom` is not between -1 and 1.
 */
export function byExpectedGain(options: { readonly directFrom: number }, router: Router): Router {
  const { directFrom } = options;
  if (!(directFrom >= -1 && directFrom <= 1)) throw new InvalidOptionsError('directFrom', `give a gain from -1 to 1; got ${directFrom}`);
  return async (input) => {
    const route = await router(input);
    const gain = estimateComplexity(input.request).expectedGain;
    if (!route || route.plan.tiers.length < 2 || gain === undefined || gain < directFrom) return route;
    const reason = `a dearer model is expected to gain ${gain.toFixed(2)}, at least ${directFrom}, so it answers at once`;
    return { ...route, plan: { ...route.plan, tiers: route.plan.tiers.slice(-1), start: 'direct' }, reasons: [reason, ...route.reasons] };
  };
}
