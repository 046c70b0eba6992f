import { costOfUsage, type Price, type TraceAnswer, type Usage } from '@cascadeflow/contract';

/** USD of one call, or `undefined` when its tokens are unknown. */
export function priceOf(usage: Usage | undefined, price: Price): number | undefined {
  return usage && costOfUsage(usage, price);
}

/** USD of a recorded answer: by the price given, else as it was recorded; `undefined` when neither is known. */
export function costOf(answer: TraceAnswer, price: Price | undefined): number | undefined {
  return (price === undefined ? undefined : priceOf(answer.usage, price)) ?? answer.cost;
}
