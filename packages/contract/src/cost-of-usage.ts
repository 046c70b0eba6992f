import type { Price, Usage } from './price.ts';

/** What a call's tokens cost in USD, each kind at its own rate; `undefined` when the vendor reported no tokens at all. */
export function costOfUsage(usage: Usage, price: Price): number | undefined {
  const { input, cachedInput, cacheWrite = 0, output, reasoning = 0 } = usage;
  if (input === undefined && output === undefined && cachedInput === undefined) return undefined;
  const prompt = (input ?? 0) + (cachedInput ?? 0) + cacheWrite;
  const rates = price.longPrompt !== undefined && prompt > price.longPrompt.above ? price.longPrompt : price;
  const write = rates.cacheWrite ?? rates.input;
  const hour = Math.min(usage.cacheWriteHour ?? 0, cacheWrite);
  const perMillion =
    (input ?? 0) * rates.input +
    (cachedInput ?? 0) * (rates.cachedInput ?? rates.input) +
    (cacheWrite - hour) * write +
    hour * (rates.cacheWriteHour ?? write) +
    (output ?? 0) * rates.output +
    reasoning * (rates.reasoning ?? rates.output);
  return perMillion / 1e6 + (price.perRequest ?? 0);
}
