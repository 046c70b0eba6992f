import type { LanguageModelV4 } from '@ai-sdk/provider';
import { InvalidOptionsError } from '@cascadeflow/contract';
import { type AgentOptions, CascadeAgent } from '@cascadeflow/core';
import { CascadeLanguageModel } from './cascade-language-model.ts';
import { type CascadeMembers, readMembers } from './members.ts';
import { type AnyLanguageModel, newestVersion, type SpecVersion } from './spec/language-model.ts';

/** Milliseconds a model may be silent. As long as vendors' clients usually wait, because a call that is not streamed is silent to its end. */
export const defaultSilenceMs = 600_000;

/** Options of {@link cascade}: who takes part, and how the cascade decides. */
export interface CascadeOptions<LanguageModel = AnyLanguageModel> extends CascadeMembers<LanguageModel>, Omit<AgentOptions, 'models'> {
  /** Version of the specification to speak. Default: the newest that one of the models speaks, which the installed AI SDK then knows; else `v4`. */
  readonly specification?: SpecVersion;
}

type OfVersion<LanguageModel, Version extends SpecVersion> = Extract<LanguageModel, { readonly specificationVersion: Version }>;

/** The newest kind among some kinds of language models; version 4 where there is none. */
export type NewestOf<LanguageModel> =
  [OfVersion<LanguageModel, 'v4'>] extends [never] ?
    [OfVersion<LanguageModel, 'v3'>] extends [never] ?
      [OfVersion<LanguageModel, 'v2'>] extends [never] ? LanguageModelV4 : OfVersion<LanguageModel, 'v2'>
    : OfVersion<LanguageModel, 'v3'>
  : OfVersion<LanguageModel, 'v4'>;

/** A cascade as a language model of one kind. */
export type CascadeModel<LanguageModel extends AnyLanguageModel = LanguageModelV4> = Pick<
  LanguageModel,
  'specificationVersion' | 'provider' | 'modelId' | 'supportedUrls' | 'doGenerate' | 'doStream'
> & {
  /** The engine behind it. */
  readonly agent: CascadeAgent;
};

/**
 * A language model for `generateText`, `streamText` and all else of the AI SDK that drafts with one model and asks a dearer one only where the
 * draft is not good enough. The decision is in `providerMetadata.cascadeflow`. Default `silenceMs` 600 000; all other defaults are those of
 * `CascadeAgent`.
 * @throws InvalidOptionsError naming the field and the fix.
 */
export function cascade<LanguageModel extends AnyLanguageModel = never>(options: CascadeOptions<LanguageModel>): CascadeModel<NewestOf<LanguageModel>>;
export function cascade(options: CascadeOptions): unknown {
  if (typeof options !== 'object' || options === null) throw new InvalidOptionsError('', 'expected options: { models } or { drafter, verifier }');
  const { drafter, verifier, models, priceOf, specification, ...agentOptions } = options;
  if (options.release === 'optimistic') throw new InvalidOptionsError('release', 'a stream of the AI SDK cannot take text back; use hold or window');
  if (specification !== undefined && !['v2', 'v3', 'v4'].includes(specification)) throw new InvalidOptionsError('specification', 'must be v2, v3 or v4');
  const { members, order } = readMembers({
    ...(drafter !== undefined && { drafter }),
    ...(verifier !== undefined && { verifier }),
    ...(models && { models }),
    ...(priceOf && { priceOf }),
  });
  const spoken = members.flatMap(({ languageModel }) => (languageModel ? [languageModel.specificationVersion] : []));
  const newest = newestVersion(spoken);
  if (specification !== undefined && newest !== undefined && specification < newest) {
    throw new InvalidOptionsError('specification', `one of the models speaks ${newest}; leave the option out, or use models of the AI SDK you call the cascade with`);
  }
  const agent = new CascadeAgent({ silenceMs: defaultSilenceMs, order, ...agentOptions, models: members.map((member) => member.config) });
  return new CascadeLanguageModel(agent, members, specification ?? newest ?? 'v4');
}
