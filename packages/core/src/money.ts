import { costOfUsage, type Price, type Usage } from '@cascadeflow/contract';

/** Whole units of 1e-12 USD: sums of them are exact up to 9 000 USD. */
export type Pico = number;

const picoPerUsd = 1e12;

/** USD as whole units of 1e-12. */
export function toPico(usd: number): Pico {
  return Math.round(usd * picoPerUsd);
}

/** Whole units of 1e-12 as USD. */
export function fromPico(pico: Pico): number {
  return pico / picoPerUsd;
}

/** What tokens cost at a price; `undefined` when the vendor reported no tokens at all. */
export function priceOf(usage: Usage, price: Price): Pico | undefined {
  const usd = costOfUsage(usage, price);
  return usd === undefined ? undefined : toPico(usd);
}

/** Token counts added kind by kind; a kind that neither names stays absent. */
export function addUsage(a: Usage, b: Usage): Usage {
  const sum: { -readonly [Kind in keyof Usage]: Usage[Kind] } = { ...a };
  for (const kind of ['input', 'cachedInput', 'cacheWrite', 'cacheWriteHour', 'output', 'reasoning'] as const) {
    const more = b[kind];
    if (more !== undefined) sum[kind] = (sum[kind] ?? 0) + more;
  }
  return sum;
}
