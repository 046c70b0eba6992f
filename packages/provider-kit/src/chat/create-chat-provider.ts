import type { Provider } from '@cascadeflow/contract';
import { createWireProvider, type WireProviderParts } from '../wire/create-wire-provider.ts';
import type { WireHeaders } from '../wire/wire-response.ts';
import { createChatWire } from './chat-wire.ts';
import { type ChatFamily, type ChatQuirks, findQuirks, toCapabilities } from './quirks.ts';

/** What a provider of models that speak Chat Completions is made of. */
export interface ChatProviderParts extends Omit<WireProviderParts, 'describe'> {
  /** What the vendor's server does differently for all its models. */
  readonly quirks: Partial<ChatQuirks>;
  readonly families: readonly ChatFamily[];
  /** The part of a model's name that families are told by. Default: the whole name. */
  readonly familyName?: (name: string) => string;
  /** Reads what the vendor says a call cost, in USD. */
  readonly readCost?: (headers: WireHeaders) => number | undefined;
}

/** Builds a provider of models that speak Chat Completions. */
export function createChatProvider(parts: ChatProviderParts): Provider {
  return createWireProvider({
    ...parts,
    describe(name, known) {
      const quirks = findQuirks(parts.familyName?.(name) ?? name, parts.quirks, parts.families);
      return { wire: createChatWire(name, quirks, parts.readCost), capabilities: toCapabilities(quirks, known) };
    },
  });
}
