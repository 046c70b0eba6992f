import { InvalidOptionsError } from '@cascadeflow/contract';
import { defaultLimits, type GatewayConfig, type GatewayLimits } from './config.ts';

const fields = new Set<string>(['cascades', 'defaultCascade', 'aliases', 'keys', 'limits', 'origins', 'estimateTokens', 'limiter', 'onLimiterFailure', 'embedders', 'runs', 'adminKeyHash', 'clock'] satisfies (keyof GatewayConfig)[]);

/** @throws InvalidOptionsError naming the path of the bad field and the fix. */
export function checkConfig(config: GatewayConfig): { readonly limits: GatewayLimits; readonly defaultCascade: string } {
  for (const field of Object.keys(config)) if (!fields.has(field)) throw new InvalidOptionsError(field, `is no option; there are ${[...fields].join(', ')}`);
  const names = Object.keys(config.cascades ?? {});
  const first = names[0];
  if (first === undefined) throw new InvalidOptionsError('cascades', 'give at least one cascade, such as { main: new CascadeAgent({ … }) }');
  const defaultCascade = config.defaultCascade ?? first;
  if (!names.includes(defaultCascade)) throw new InvalidOptionsError('defaultCascade', `no cascade is named ${defaultCascade}; there are ${names.join(', ')}`);
  checkAliases(config, names);
  if (Array.isArray(config.keys)) checkKeys(config.keys);
  if (config.limiter !== undefined && typeof config.limiter?.take !== 'function') throw new InvalidOptionsError('limiter', 'give a limiter, such as createRedisLimiter({ client }) of @cascadeflow/redis');
  if (config.onLimiterFailure !== undefined && config.onLimiterFailure !== 'open' && config.onLimiterFailure !== 'closed') throw new InvalidOptionsError('onLimiterFailure', "must be 'open' or 'closed'");
  for (const [name, embedder] of Object.entries(config.embedders ?? {})) {
    if (typeof embedder?.embed !== 'function') throw new InvalidOptionsError(`embedders.${name}`, 'give an embedder, such as createEmbedder() of @cascadeflow/semantic');
  }
  if (config.adminKeyHash !== undefined && !isHash(config.adminKeyHash)) throw new InvalidOptionsError('adminKeyHash', 'expected the SHA-256 of the key in lower-case hex, as hashKey gives it');
  return { defaultCascade, limits: checkLimits(config.limits ?? {}) };
}

function checkAliases({ aliases = {}, cascades }: GatewayConfig, names: readonly string[]): void {
  const known = new Set(['cascade', ...names.map((name) => `cascade:${name}`)]);
  for (const agent of Object.values(cascades)) for (const { name, provider } of agent.models) known.add(name).add(`${provider}/${name}`);
  for (const [alias, name] of Object.entries(aliases)) {
    if (!known.has(name)) throw new InvalidOptionsError(`aliases.${alias}`, `nothing is named ${JSON.stringify(name)}; there are ${[...known].join(', ')}`);
  }
}

function checkKeys(keys: readonly GatewayKeyLike[]): void {
  const ids = new Set<string>();
  keys.forEach(({ id, hash }, index) => {
    if (typeof id !== 'string' || id === '') throw new InvalidOptionsError(`keys[${index}].id`, 'expected a text');
    if (ids.has(id)) throw new InvalidOptionsError(`keys[${index}].id`, `two keys are named ${id}`);
    ids.add(id);
    if (!isHash(hash)) throw new InvalidOptionsError(`keys[${index}].hash`, 'expected the SHA-256 of the key in lower-case hex, as hashKey gives it');
  });
}

function isHash(text: string): boolean {
  return /^[0-9a-f]{64}$/.test(text);
}

interface GatewayKeyLike {
  readonly id: string;
  readonly hash: string;
}

function checkLimits(given: Partial<GatewayLimits>): GatewayLimits {
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(defaultLimits, name)) throw new InvalidOptionsError(`limits.${name}`, `is no limit; there are ${Object.keys(defaultLimits).join(', ')}`);
    if (value !== undefined && !(typeof value === 'number' && value >= 1)) throw new InvalidOptionsError(`limits.${name}`, 'expected a number from 1 up');
  }
  return { ...defaultLimits, ...given };
}
