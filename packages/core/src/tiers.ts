import { type Capabilities, type Model, type ModelInfo, type Price, type Provider, toPrice } from '@cascadeflow/contract';
import type { AgentOptions, ModelConfig, ModelParameters } from './options.ts';

/** A configured model in its place. */
export interface Tier {
  readonly info: ModelInfo;
  readonly model: Model;
  readonly price: Price | undefined;
  readonly parameters: ModelParameters;
  readonly maxTokens: number | undefined;
  /** Tier indices that stand in when this one fails. */
  readonly fallbacks: readonly number[];
}

/** Puts the models in order, cheapest first unless the order is given or a price is unknown. */
export function buildTiers(options: AgentOptions): { tiers: readonly Tier[]; warnings: readonly string[] } {
  const providers = new Map((options.providers ?? []).map((provider) => [provider.id, provider]));
  const priced = options.models.map((config) => ({ config, provider: findProvider(config, providers), price: findPrice(config, providers) }));
  const unknown = priced.filter((entry) => entry.price === undefined).map((entry) => entry.config.name);
  const warnings: string[] = [];
  if (options.order !== 'given' && unknown.length === 0) {
    priced.sort((a, b) => blended(a.price) - blended(b.price));
  } else if (options.order !== 'given' && priced.length > 1) {
    warnings.push(`the price of ${unknown.join(', ')} is unknown, so models are tried in the order given; set \`cost\` or order: 'given'`);
  }
  const position = new Map(priced.map((entry, tier) => [entry.config.name, tier]));
  const tiers = priced.map(({ config, provider, price }, tier): Tier => {
    const capabilities = mergeCapabilities(config);
    const model = config.model ?? (provider as Provider).model(config.name, { capabilities });
    return {
      model,
      price,
      parameters: config.parameters ?? {},
      maxTokens: config.maxTokens,
      fallbacks: (config.fallbacks ?? []).map((name) => position.get(name) as number),
      info: {
        name: config.name,
        provider: model.provider,
        tier,
        capabilities: { ...model.capabilities, ...capabilities },
        ...(price && { price }),
        ...(config.speed !== undefined && { speed: config.speed }),
        ...(config.quality !== undefined && { quality: config.quality }),
        ...(config.domains && { domains: config.domains }),
      },
    };
  });
  return { tiers, warnings };
}

function findProvider(config: ModelConfig, providers: ReadonlyMap<string, Provider>): Provider | undefined {
  return typeof config.provider === 'string' ? providers.get(config.provider) : config.provider;
}

function findPrice(config: ModelConfig, providers: ReadonlyMap<string, Provider>): Price | undefined {
  if (config.cost !== undefined) return toPrice(config.cost);
  return findProvider(config, providers)?.price?.(config.name);
}

/** Input and output price in equal parts: enough to tell which model is dearer. */
function blended(price: Price | undefined): number {
  return price ? price.input + price.output : Infinity;
}

function mergeCapabilities(config: ModelConfig): Capabilities {
  return {
    ...config.supports,
    ...(config.contextWindow !== undefined && { contextWindow: config.contextWindow }),
    ...(config.maxTokens !== undefined && { maxOutputTokens: config.maxTokens }),
  };
}
