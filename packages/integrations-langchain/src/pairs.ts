import { InvalidOptionsError, toPrice } from '@cascadeflow/contract';
import type { Member, MemberSpec, PriceLookup } from './members.ts';
import { readMember } from './members.ts';

/** Two models that could make a cascade, with what is to be expected of it. */
export interface CascadePair {
  readonly drafter: string;
  readonly verifier: string;
  /** The members as they were handed in, ready for `withCascade`. */
  readonly members: { readonly drafter: MemberSpec; readonly verifier: MemberSpec };
  /** Price of the verifier divided by that of the drafter. */
  readonly priceRatio?: number;
  /** Share of drafts expected to be accepted, 0 to 1: the drafter's `quality` divided by the verifier's. */
  readonly acceptChance?: number;
  /** Share of the verifier's price expected to be saved; negative when the cascade costs more than the verifier alone. */
  readonly expectedSavings?: number;
  readonly warnings: readonly string[];
}

/** What {@link discoverCascadePairs} goes by. */
export interface DiscoverOptions {
  readonly priceOf?: PriceLookup;
  /** Accept chance of drafters whose quality is not given, 0 to 1. Default 0.7: a moderate request to a cheap model. */
  readonly acceptChance?: number;
  /** Output tokens per input token of the traffic, for weighing the two prices. Default 0.5, chosen by hand. */
  readonly outputShare?: number;
}

/** Below this ratio a signal must tell right from wrong very well for a cascade to pay; measured on recorded answers. */
const poorRatio = 3;

/**
 * Which of my models make a sensible cascade: every pair with a cheaper drafter, the largest expected saving first, pairs without known prices
 * last. A cascade of drafter price d and verifier price v with accept chance a saves a - d/v of v.
 */
export function discoverCascadePairs(models: readonly MemberSpec[], options: DiscoverOptions = {}): readonly CascadePair[] {
  const { priceOf, acceptChance = 0.7, outputShare = 0.5 } = options;
  if (!Array.isArray(models) || models.length < 2) throw new InvalidOptionsError('models', 'give at least two chat models to choose a pair from');
  const known = models.map((spec: MemberSpec, index) => ({ spec, member: readMember(spec, `models[${index}]`, priceOf) }));
  const pairs: CascadePair[] = [];
  for (const drafter of known) {
    for (const verifier of known) {
      if (drafter === verifier) continue;
      const pair = judgePair(drafter, verifier, acceptChance, outputShare);
      if (pair) pairs.push(pair);
    }
  }
  return pairs.sort((left, right) => (right.expectedSavings ?? -Infinity) - (left.expectedSavings ?? -Infinity) || 0);
}

interface Known {
  readonly spec: MemberSpec;
  readonly member: Member;
}

function judgePair(drafter: Known, verifier: Known, defaultChance: number, outputShare: number): CascadePair | undefined {
  const [d, v] = [blended(drafter.member, outputShare), blended(verifier.member, outputShare)];
  if (d !== undefined && v !== undefined && d >= v) return undefined;
  const [own, others] = [drafter.member.config.quality, verifier.member.config.quality];
  const chance = own === undefined || others === undefined ? defaultChance : others === 0 ? 1 : Math.min(1, own / others);
  const ratio = d === undefined || v === undefined ? undefined : d === 0 ? Infinity : v / d;
  const savings = ratio === undefined ? undefined : chance - 1 / ratio;
  return {
    drafter: drafter.member.config.name,
    verifier: verifier.member.config.name,
    members: { drafter: drafter.spec, verifier: verifier.spec },
    acceptChance: chance,
    ...(ratio !== undefined && { priceRatio: ratio }),
    ...(savings !== undefined && { expectedSavings: savings }),
    warnings: warningsOf(drafter.member, verifier.member, ratio, savings, chance),
  };
}

/** USD per 1M tokens of the traffic's mix. */
function blended({ config }: Member, outputShare: number): number | undefined {
  if (config.cost === undefined) return undefined;
  const price = toPrice(config.cost);
  return (price.input + outputShare * price.output) / (1 + outputShare);
}

function warningsOf(drafter: Member, verifier: Member, ratio: number | undefined, savings: number | undefined, chance: number): string[] {
  const warnings: string[] = [];
  const [from, to] = [drafter.config, verifier.config];
  for (const { name, cost } of [from, to]) if (cost === undefined) warnings.push(`the price of ${name} is unknown; give it a \`cost\` or hand in \`priceOf\``);
  if (ratio !== undefined && ratio < poorRatio) warnings.push(`${to.name} costs only ${ratio.toFixed(1)} times as much as ${from.name}; below ${poorRatio} times a cascade seldom pays`);
  if (savings !== undefined && savings <= 0) warnings.push(`expected to cost more than ${to.name} alone, because ${Math.round(100 * chance)}% of drafts are expected to pass`);
  if (from.quality === undefined || to.quality === undefined) warnings.push(`the accept chance is a guess; give both models a \`quality\` or measure it on your own traffic`);
  else if (from.quality > to.quality) warnings.push(`${from.name} is expected to be better than ${to.name}, which would verify it`);
  const [able, wanted] = [drafter.model.capabilities, verifier.model.capabilities];
  if (able.tools === false && wanted.tools !== false) warnings.push(`${from.name} cannot call tools; requests with tools go straight to ${to.name}`);
  if (wanted.tools === false && able.tools !== false) warnings.push(`${to.name} cannot call tools, so tools cannot be bound to this pair`);
  if (able.vision === false && wanted.vision === true) warnings.push(`${from.name} cannot read images; requests with images go straight to ${to.name}`);
  if (able.contextWindow !== undefined && wanted.contextWindow !== undefined && wanted.contextWindow < able.contextWindow) {
    warnings.push(`the context window of ${to.name} is smaller than that of ${from.name}`);
  }
  return warnings;
}
