import { asList, asRecord, type JsonRecord } from '../wire/json.ts';
import type { NameMatch, PriceRow, PriceTable } from './price-table.ts';

/** Where the figures come from. */
export const priceSource = 'genai-prices';

/**
 * Makes a price table from the data of the genai-prices project, as its package bundles it and as it publishes it in JSON.
 *
 * Where a price changes with the date, the one in force on `asOf` is taken; where it rises with the length of the prompt, the one for
 * short prompts; where it changes with the time of day, the highest. Models without a price per token are left out.
 */
export function fromGenaiPrices(providers: readonly unknown[], asOf: string, vendors?: ReadonlySet<string>): PriceTable {
  const rows: { [vendor: string]: PriceRow[] } = {};
  for (const entry of providers) {
    const provider = asRecord(entry);
    const id = provider?.['id'];
    if (!provider || typeof id !== 'string' || (vendors && !vendors.has(id))) continue;
    const found = asList(provider['models']).flatMap((model) => toRow(asRecord(model), asOf) ?? []);
    if (found.length > 0) rows[id] = found;
  }
  return { asOf, source: priceSource, vendors: rows };
}

function toRow(model: JsonRecord | undefined, asOf: string): PriceRow[] | undefined {
  const match = model?.['match'];
  if (!model || typeof match !== 'object' || match === null) return undefined;
  const prices = inForce(model['prices'], asOf);
  const input = base(prices?.['input_mtok']);
  const output = base(prices?.['output_mtok']);
  if (!prices || input === null || output === null) return undefined;
  const perThousandCalls = base(prices['requests_kcount']);
  const window = model['context_window'];
  return [
    [
      match as NameMatch,
      input,
      output,
      base(prices['cache_read_mtok']),
      base(prices['cache_write_mtok']),
      typeof window === 'number' ? window : null,
      ...(perThousandCalls === null ? ([] as const) : ([perThousandCalls / 1000] as const)),
    ],
  ];
}

/** The set of prices that holds on a day. */
function inForce(prices: unknown, asOf: string): JsonRecord | undefined {
  if (!Array.isArray(prices)) return asRecord(prices);
  let current: JsonRecord | undefined;
  for (const entry of prices) {
    const constraint = asRecord(asRecord(entry)?.['constraint']);
    const set = asRecord(asRecord(entry)?.['prices']);
    const start = constraint?.['start_date'];
    if (typeof start === 'string' && start > asOf) continue;
    const isDearer = (base(set?.['input_mtok']) ?? 0) > (base(current?.['input_mtok']) ?? 0);
    if (constraint?.['type'] !== 'time_of_date' || isDearer) current = set;
  }
  return current;
}

/** The price for short prompts. */
function base(price: unknown): number | null {
  if (typeof price === 'number') return price;
  const tiered = asRecord(price)?.['base'];
  return typeof tiered === 'number' ? tiered : null;
}
