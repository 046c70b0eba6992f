import type { Price, Usage } from '@cascadeflow/contract';

/** Whole units of 1e-12 USD: sums of them are exact up to 9 000 USD. */
export type Pico = number;

const picoPerUsd = 1e12;
const picoPerToken = 1e6;

/** USD as whole units of 1e-12. */
export function toPico(usd: number): Pico {
  return Math.round(usd * picoPerUsd);
}

/** Whole units of 1e-12 as USD. */
export function fromPico(pico: Pico): number {
  return pico / picoPerUsd;
}

/** What tokens cost at a price; each kind at its own rate. `undefined` when the vendor reported no tokens at all. */
export function priceOf(usage: Usage, price: Price): Pico | undefined {
  const { input, cachedInput, cacheWrite, output, reasoning } = usage;
  if (input === undefined && output === undefined && cachedInput === undefined) return undefined;
  const perMillion =
    (input ?? 0) * price.input +
    (cachedInput ?? 0) * (price.cachedInput ?? price.input) +
    (cacheWrite ?? 0) * (price.cacheWrite ?? price.input) +
    (output ?? 0) * price.output +
    (reasoning ?? 0) * (price.reasoning ?? price.output);
  return Math.round(perMillion * picoPerToken + (price.perRequest ?? 0) * picoPerUsd);
}

/** Token counts added kind by kind; a kind that neither names stays absent. */
export function addUsage(a: Usage, b: Usage): Usage {
  const sum: { -readonly [Kind in keyof Usage]: Usage[Kind] } = { ...a };
  for (const kind of ['input', 'cachedInput', 'cacheWrite', 'output', 'reasoning'] as const) {
    const more = b[kind];
    if (more !== undefined) sum[kind] = (sum[kind] ?? 0) + more;
  }
  return sum;
}
