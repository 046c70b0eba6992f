import type { Price, TraceAnswer, Usage } from '@cascadeflow/contract';

/** USD of one call, or `undefined` when its tokens are unknown. */
export function priceOf(usage: Usage | undefined, price: Price): number | undefined {
  if (usage === undefined || (usage.input === undefined && usage.output === undefined)) return undefined;
  const { input = 0, cachedInput = 0, cacheWrite = 0, output = 0, reasoning = 0 } = usage;
  const perMillion =
    input * price.input +
    cachedInput * (price.cachedInput ?? price.input) +
    cacheWrite * (price.cacheWrite ?? price.input) +
    output * price.output +
    reasoning * (price.reasoning ?? price.output);
  return perMillion / 1e6 + (price.perRequest ?? 0);
}

/** USD of a recorded answer: by the price given, else as it was recorded; `undefined` when neither is known. */
export function costOf(answer: TraceAnswer, price: Price | undefined): number | undefined {
  return (price === undefined ? undefined : priceOf(answer.usage, price)) ?? answer.cost;
}
