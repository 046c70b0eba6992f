import type { Provider } from '@cascadeflow/contract';
import type { Connection, ConnectionOptions } from '../options.ts';
import { findListed, findPrice } from '../price/price-table.ts';
import { createChatModel, type Transport } from './chat-model.ts';
import { type ChatFamily, type ChatQuirks, findQuirks } from './quirks.ts';
import type { RefusedFields } from './rejected-parameter.ts';

/** What a provider of models that speak Chat Completions is made of. */
export interface ChatProviderParts {
  readonly connection: Connection;
  readonly options: Pick<ConnectionOptions, 'prices' | 'priceTable'>;
  readonly transport: Transport;
  /** What the vendor's server does differently for all its models. */
  readonly quirks: Partial<ChatQuirks>;
  readonly families: readonly ChatFamily[];
  /** Names of the vendor in the price table, first match wins. */
  readonly priceVendors: readonly string[];
  /** What to do about a refused key. */
  readonly keyHint?: string;
  readonly readCost?: (headers: Headers) => number | undefined;
}

/** Builds a provider from its parts. What is learned about a model's refused fields is shared by all models of that name. */
export function createChatProvider(parts: ChatProviderParts): Provider {
  const { connection, options, priceVendors } = parts;
  const refusedByModel = new Map<string, RefusedFields>();
  return {
    id: connection.id,
    price: (name) => findPrice(priceVendors, name, options.prices, options.priceTable),
    model(name, settings) {
      const refused = refusedByModel.get(name) ?? new Map();
      refusedByModel.set(name, refused);
      const listed = priceVendors.map((vendor) => findListed(vendor, name, options.priceTable)).find((found) => found);
      const window = listed?.contextWindow;
      return createChatModel({
        provider: connection.id,
        model: name,
        quirks: findQuirks(name, parts.quirks, parts.families),
        transport: parts.transport,
        timeouts: connection.timeouts,
        keys: connection.apiKey === undefined ? [] : [connection.apiKey],
        keyHint: parts.keyHint,
        refused,
        settings: { capabilities: { ...(window !== undefined && { contextWindow: window }), ...settings?.capabilities } },
        readCost: parts.readCost,
      });
    },
  };
}
