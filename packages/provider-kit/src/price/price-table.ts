import type { CostSpec, Price } from '@cascadeflow/contract';
import { toPrice } from '@cascadeflow/contract';
import { priceData } from './price-data.ts';

/** How a model's name is recognised: one test, or several joined. */
export type NameMatch =
  | { readonly equals: string }
  | { readonly starts_with: string }
  | { readonly ends_with: string }
  | { readonly contains: string }
  | { readonly regex: string }
  | { readonly or: readonly NameMatch[] }
  | { readonly and: readonly NameMatch[] };

/** One model's line: test, USD per 1M tokens of input, output, cached input and cache write, context window in tokens, and what few models have. */
export type PriceRow = readonly [
  match: NameMatch,
  input: number,
  output: number,
  cachedInput: number | null,
  cacheWrite: number | null,
  contextWindow: number | null,
  rest?: Pick<Price, 'cacheWriteHour' | 'longPrompt' | 'perRequest'>,
];

/** List prices of many vendors on one day. Plain data. */
export interface PriceTable {
  /** Day of the list, `YYYY-MM-DD`. */
  readonly asOf: string;
  readonly source: string;
  /** Rows by vendor; the first that matches a name holds. */
  readonly vendors: { readonly [vendor: string]: readonly PriceRow[] };
}

/** What is known of a listed model. */
export interface ListedModel {
  readonly price: Price;
  readonly contextWindow?: number;
}

let bundled: PriceTable | undefined;

/** The table that comes with this package, parsed when it is first asked for. Never fetched. */
export function bundledPrices(): PriceTable {
  bundled ??= JSON.parse(priceData) as PriceTable;
  return bundled;
}

/** Looks a model up by its vendor's name and its own; `undefined` when the table does not have it. */
export function findListed(vendor: string, model: string, table: PriceTable = bundledPrices()): ListedModel | undefined {
  const name = model.toLowerCase();
  const row = table.vendors[vendor]?.find(([match]) => matches(match, name));
  if (!row) return undefined;
  const [, input, output, cachedInput, cacheWrite, contextWindow, rest] = row;
  return {
    price: {
      input,
      output,
      ...(cachedInput !== null && { cachedInput }),
      ...(cacheWrite !== null && { cacheWrite }),
      ...rest,
      asOf: table.asOf,
      source: table.source,
    },
    ...(contextWindow !== null && { contextWindow }),
  };
}

/** Looks a price up: the user's own first, by exact name, then the table. */
export function findPrice(
  vendors: readonly string[],
  model: string,
  own: { readonly [model: string]: CostSpec } | undefined,
  table?: PriceTable,
): Price | undefined {
  const override = own && Object.hasOwn(own, model) ? own[model] : undefined;
  if (override !== undefined) return toPrice(override);
  for (const vendor of vendors) {
    const listed = findListed(vendor, model, table);
    if (listed) return listed.price;
  }
  return undefined;
}

function matches(match: NameMatch, name: string): boolean {
  if ('equals' in match) return name === match.equals.toLowerCase();
  if ('starts_with' in match) return name.startsWith(match.starts_with.toLowerCase());
  if ('ends_with' in match) return name.endsWith(match.ends_with.toLowerCase());
  if ('contains' in match) return name.includes(match.contains.toLowerCase());
  if ('regex' in match) return new RegExp(match.regex, 'i').test(name.slice(0, 200));
  if ('or' in match) return match.or.some((part) => matches(part, name));
  return match.and.every((part) => matches(part, name));
}
