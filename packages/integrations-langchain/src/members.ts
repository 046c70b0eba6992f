import { type CostSpec, InvalidOptionsError, type Model } from '@cascadeflow/contract';
import type { AgentOptions, ModelConfig } from '@cascadeflow/core';
import type { BaseChatModel } from '@langchain/core/language_models/chat_models';
import { asModel, type ChatModelSource } from './as-model.ts';
import { describeChatModel } from './describe-chat-model.ts';

/** A chat model with what LangChain does not know of it. */
export interface CascadeMember extends Omit<ModelConfig, 'name' | 'provider' | 'model' | 'parameters' | 'maxTokens'> {
  /** The chat model, or a function that makes one with the settings a second opinion asks for. */
  readonly chatModel: ChatModelSource;
  /** Default: the name LangChain traces it by. */
  readonly name?: string;
}

/** One place in a cascade. */
export type MemberSpec = BaseChatModel | CascadeMember;

/** Looks a price up; `undefined` means unknown. */
export type PriceLookup = (model: { readonly provider: string; readonly name: string }) => CostSpec | undefined;

/** Who takes part. */
export interface CascadeMembers {
  /** Writes first. */
  readonly drafter?: MemberSpec;
  /** Answers what no draft was good enough for. */
  readonly verifier?: MemberSpec;
  /** Models between the two, cheapest first; without drafter and verifier, all of them. */
  readonly models?: readonly MemberSpec[];
  /** Prices of members that bring no `cost`. */
  readonly priceOf?: PriceLookup;
}

/** A member with its chat model at hand. */
export interface Member {
  readonly config: ModelConfig;
  readonly model: Model;
  readonly chatModel: BaseChatModel;
}

/**
 * Reads who takes part, in the order of the cascade.
 * @throws InvalidOptionsError when a member is missing, is no chat model, or stands there twice.
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

/** Reads one member. */
export function readMember(spec: MemberSpec, path: string, priceOf: PriceLookup | undefined): Member {
  const given: CascadeMember = typeof spec === 'object' && spec !== null && 'chatModel' in spec ? spec : { chatModel: spec };
  const { chatModel: source, name, ...rest } = given;
  const chatModel = typeof source === 'function' ? source({}) : source;
  const said = describeChatModel(chatModel, path);
  const id = name ?? said.id;
  const model = asModel(source, { id, provider: said.provider });
  const cost = rest.cost ?? priceOf?.({ provider: said.provider, name: said.id });
  return { config: { ...rest, name: id, model, ...(cost !== undefined && { cost }) }, model, chatModel };
}
