import { InvalidOptionsError } from '@cascadeflow/contract';
import { type AgentOptions, CascadeAgent } from '@cascadeflow/core';
import type { BaseChatModelParams } from '@langchain/core/language_models/chat_models';
import { CascadeChatModel } from './chat-model.ts';
import { type CascadeMembers, readMembers } from './members.ts';

/** Milliseconds a chat model may be silent. As long as vendors' clients wait by themselves, because a call that is not streamed is silent to its end. */
export const defaultSilenceMs = 600_000;

/** Chat models try failed calls again by themselves (`maxRetries`), so the cascade does not do it a second time. */
export const defaultRetries = 0;

/** Options of {@link withCascade}: who takes part, and how the cascade decides. */
export interface WithCascadeOptions extends CascadeMembers, Omit<AgentOptions, 'models' | 'providers' | 'order'> {
  /** What every LangChain chat model may be given: callbacks, tags, metadata, LangChain's own cache. */
  readonly params?: BaseChatModelParams;
}

/**
 * A chat model that drafts with one of your chat models and asks a dearer one only where the draft is not good enough. It can stand wherever
 * a LangChain chat model can. Defaults: `silenceMs` 600 000, `retries` 0; all others are those of `CascadeAgent`.
 * @throws InvalidOptionsError naming the field and the fix.
 */
export function withCascade(options: WithCascadeOptions): CascadeChatModel {
  if (typeof options !== 'object' || options === null) throw new InvalidOptionsError('', 'expected options: { drafter, verifier }');
  const { drafter, verifier, models, priceOf, params, ...agentOptions } = options;
  if (options.release === 'optimistic') {
    throw new InvalidOptionsError('release', 'a LangChain stream cannot take text back; use hold or window');
  }
  const { members, order } = readMembers({
    ...(drafter !== undefined && { drafter }),
    ...(verifier !== undefined && { verifier }),
    ...(models && { models }),
    ...(priceOf && { priceOf }),
  });
  const agent = new CascadeAgent({ silenceMs: defaultSilenceMs, retries: defaultRetries, ...agentOptions, models: members.map((member) => member.config), order });
  const ordered = agent.models.map((info) => members.find((member) => member.config.name === info.name) as (typeof members)[number]);
  return new CascadeChatModel({ ...params, agent, members: ordered });
}
