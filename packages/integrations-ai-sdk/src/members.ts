import { type CostSpec, InvalidOptionsError, type Model } from '@cascadeflow/contract';
import type { AgentOptions, ModelConfig } from '@cascadeflow/core';
import { fromLanguageModel } from './child/from-language-model.ts';
import { type AnyLanguageModel, isLanguageModel } from './spec/language-model.ts';

/** A model with what the AI SDK does not know of it. */
export interface CascadeMember<LanguageModel = AnyLanguageModel> extends Omit<ModelConfig, 'name' | 'model'> {
  /** A language model of the AI SDK, or a Model of ours. Left out when `provider` is given. */
  readonly model?: LanguageModel | Model;
  /** Default: the language model's id. */
  readonly name?: string;
}

/** One place in a cascade. */
export type MemberSpec<LanguageModel = AnyLanguageModel> = LanguageModel | CascadeMember<LanguageModel>;

/** Looks a price up; `undefined` means unknown. */
export type PriceLookup = (model: { readonly provider: string; readonly name: string }) => CostSpec | undefined;

/** Who takes part. */
export interface CascadeMembers<LanguageModel = AnyLanguageModel> {
  /** Writes first. */
  readonly drafter?: MemberSpec<LanguageModel>;
  /** Answers what no draft was good enough for. */
  readonly verifier?: MemberSpec<LanguageModel>;
  /** Models between the two, cheapest first; without drafter and verifier, all of them, put in order by price. */
  readonly models?: readonly MemberSpec<LanguageModel>[];
  /** Prices of language models that bring no `cost`. */
  readonly priceOf?: PriceLookup;
}

/** A member, read. */
export interface Member {
  readonly config: ModelConfig;
  /** Absent for models that are not the AI SDK's. */
  readonly languageModel?: AnyLanguageModel;
}

/**
 * Reads who takes part, in the order of the cascade.
 * @throws InvalidOptionsError when a member is missing, is no model, or stands there twice.
 */
export function readMembers({ drafter, verifier, models, priceOf }: CascadeMembers): { readonly members: readonly Member[]; readonly order: NonNullable<AgentOptions['order']> } {
  if ((drafter === undefined) !== (verifier === undefined)) {
    throw new InvalidOptionsError(drafter === undefined ? 'drafter' : 'verifier', 'give both a drafter and a verifier, or a list as `models`');
  }
  const places: (readonly [string, MemberSpec])[] = (models ?? []).map((spec, index) => [`models[${index}]`, spec]);
  if (drafter && verifier) {
    places.unshift(['drafter', drafter]);
    places.push(['verifier', verifier]);
  }
  if (places.length < 2) throw new InvalidOptionsError('models', 'a cascade needs at least two models: give a drafter and a verifier');
  const seen = new Map<string, string>();
  const members = places.map(([path, spec]) => {
    const member = readMember(spec, path, priceOf);
    const { name } = member.config;
    const earlier = seen.get(name);
    if (earlier !== undefined) throw new InvalidOptionsError(path, `is the same model as ${earlier} (${name}); give another model, or names of their own if they differ in settings`);
    seen.set(name, path);
    return member;
  });
  return { members, order: drafter ? 'given' : 'cost' };
}

function readMember(spec: MemberSpec, path: string, priceOf: PriceLookup | undefined): Member {
  if (typeof spec !== 'object' || spec === null) {
    throw new InvalidOptionsError(path, `expected a language model such as openai('gpt-4o-mini'), got ${typeof spec === 'string' ? `the text '${String(spec)}'` : typeof spec}`);
  }
  const given: CascadeMember = isLanguageModel(spec) ? { model: spec } : spec;
  const { model, name, ...rest } = given;
  if (!isLanguageModel(model)) {
    const known = name ?? model?.id;
    if (known === undefined) throw new InvalidOptionsError(`${path}.model`, 'expected a language model of the AI SDK 5, 6 or 7, or a name with a provider');
    return { config: { ...rest, name: known, ...(model && { model }) } };
  }
  const id = name ?? model.modelId;
  const cost = rest.cost ?? priceOf?.({ provider: model.provider, name: model.modelId });
  return { config: { ...rest, name: id, model: fromLanguageModel(model, id), ...(cost !== undefined && { cost }) }, languageModel: model };
}
