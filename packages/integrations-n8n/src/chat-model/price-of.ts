import type { Price } from '@cascadeflow/contract';
import { findPrice } from '@cascadeflow/provider-kit';

/** LangChain's names of vendors whose prices are listed under another. */
const vendorNames: { readonly [provider: string]: readonly string[] } = {
  mistralai: ['mistral'], google: ['google'], google_genai: ['google'], google_vertexai: ['google'], amazon_bedrock: ['aws'], bedrock: ['aws'], xai: ['x-ai'], azure: ['azure', 'openai'],
};
/** Where a model of an unknown or self-named server is looked for. */
const commonVendors = ['openai', 'anthropic', 'google', 'mistral', 'groq', 'deepseek'];

/** The list price of a connected model: by its vendor, and where the vendor says nothing, by a name that only one vendor uses. */
export function priceOf(provider: string, model: string): Price | undefined {
  const vendor = provider.toLowerCase();
  return findPrice(vendorNames[vendor] ?? [vendor], model, undefined) ?? (vendor === 'openai' || vendor in vendorNames ? undefined : findPrice(commonVendors, model, undefined));
}
