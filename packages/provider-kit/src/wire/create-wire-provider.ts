import type { Capabilities, Provider } from '@cascadeflow/contract';
import { connectionSecrets } from '../error/connection-secrets.ts';
import type { Connection, ConnectionOptions } from '../options.ts';
import { findListed, findPrice } from '../price/price-table.ts';
import type { RefusedFields } from './refused-field.ts';
import { createWireModel, type Transport, type Wire } from './wire-model.ts';

/** What a provider of models over HTTP is made of. */
export interface WireProviderParts {
  readonly connection: Connection;
  readonly options: Pick<ConnectionOptions, 'prices' | 'priceTable'>;
  readonly transport: Transport;
  /** Names of the vendor in the price table, first match wins. */
  readonly priceVendors: readonly string[];
  /** What to do about a refused key. */
  readonly keyHint?: string;
  /** The wire of a model of this name, and what it can do; `known` is what the user and the price table say. */
  describe(name: string, known: Capabilities): { readonly wire: Wire; readonly capabilities: Capabilities };
}

/** Builds a provider from its parts. What is learned about a model's refused fields is shared by all models of that name. */
export function createWireProvider(parts: WireProviderParts): Provider {
  const { connection, options, priceVendors } = parts;
  const refusedByModel = new Map<string, RefusedFields>();
  return {
    id: connection.id,
    price: (name) => findPrice(priceVendors, name, options.prices, options.priceTable),
    model(name, settings) {
      const refused: RefusedFields = refusedByModel.get(name) ?? new Map();
      refusedByModel.set(name, refused);
      const listed = priceVendors.map((vendor) => findListed(vendor, name, options.priceTable)).find((found) => found);
      const window = listed?.contextWindow;
      return createWireModel({
        provider: connection.id,
        model: name,
        ...parts.describe(name, { ...(window !== undefined && { contextWindow: window }), ...settings?.capabilities }),
        transport: parts.transport,
        timeouts: connection.timeouts,
        keys: connectionSecrets(connection),
        keyHint: parts.keyHint,
        refused,
      });
    },
  };
}
