import type { LongPromptRates } from '@cascadeflow/contract';
import { asList, asRecord, type JsonRecord } from '../wire/json.ts';
import type { NameMatch, PriceRow, PriceTable } from './price-table.ts';

/** Where the figures come from. */
export const priceSource = 'genai-prices';

/**
 * Makes a price table from the data of the genai-prices project, as its package bundles it and as it publishes it in JSON.
 *
 * Where a price changes with the date, the one in force on `asOf` is taken; where it changes with the time of day, the highest. Models without
 * a price per token are left out.
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
  const window = model['context_window'];
  const row = [match as NameMatch, input, output, base(prices['cache_read_mtok']), base(prices['cache_write_mtok']), typeof window === 'number' ? window : null] as const;
  const rest = toRest(prices);
  return [Object.keys(rest).length === 0 ? row : [...row, rest]];
}

/** What few models have: dearer writes that last an hour, a step for long prompts, a price per call. */
function toRest(prices: JsonRecord): NonNullable<PriceRow[6]> {
  const perThousandCalls = base(prices['requests_kcount']);
  const cacheWriteHour = base(prices['cache_write_1h_mtok']);
  const longPrompt = toLongPrompt(prices);
  return {
    ...(cacheWriteHour !== null && { cacheWriteHour }),
    ...(longPrompt && { longPrompt }),
    ...(perThousandCalls !== null && { perRequest: perThousandCalls / 1000 }),
  };
}

/** The rates of long prompts: those of the highest step, from where the lowest one starts, so that no call is billed too low. */
function toLongPrompt(prices: JsonRecord): LongPromptRates | undefined {
  const fields = ['input_mtok', 'output_mtok', 'cache_read_mtok', 'cache_write_mtok', 'cache_write_1h_mtok'] as const;
  const starts = fields.flatMap((field) => stepsOf(prices[field]).map(({ start }) => start));
  if (starts.length === 0) return undefined;
  const [input, output, cachedInput, cacheWrite, cacheWriteHour] = fields.map((field) => stepsOf(prices[field]).at(-1)?.price ?? base(prices[field]) ?? undefined);
  if (input === undefined || output === undefined) return undefined;
  return {
    above: Math.min(...starts),
    input,
    output,
    ...(cachedInput !== undefined && { cachedInput }),
    ...(cacheWrite !== undefined && { cacheWrite }),
    ...(cacheWriteHour !== undefined && { cacheWriteHour }),
  };
}

/** The steps of a price above its base, lowest first. */
function stepsOf(price: unknown): { readonly start: number; readonly price: number }[] {
  return asList(asRecord(price)?.['tiers'])
    .flatMap((tier) => {
      const { start, price: value } = asRecord(tier) ?? {};
      return typeof start === 'number' && typeof value === 'number' ? [{ start, price: value }] : [];
    })
    .toSorted((a, b) => a.start - b.start);
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
