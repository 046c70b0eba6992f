import type { Capabilities, ReasoningEffort } from '@cascadeflow/contract';

/** How one model family, on one vendor's server, departs from plain Chat Completions. Data only. */
export interface ChatQuirks {
  /** Field for the ceiling of output tokens. */
  readonly maxTokens: 'max_tokens' | 'max_completion_tokens';
  /** Most that `temperature` may be; `false` when the family refuses it; `'without-reasoning'` when it takes it only at effort `none`. */
  readonly temperature: number | false | 'without-reasoning';
  readonly topP: boolean | 'without-reasoning';
  /** Most stop sequences; 0 when the family refuses them. */
  readonly stop: number;
  readonly seed: boolean;
  /** Most alternatives per token; `false` when there are no log probabilities. */
  readonly topLogprobs: number | false | 'without-reasoning';
  /** Together counts alternatives in `logprobs` itself. */
  readonly logprobsField: 'boolean' | 'count';
  readonly tools: boolean;
  /** `required` and a named tool in `tool_choice`. */
  readonly forcedTool: boolean;
  readonly parallelToolCalls: boolean;
  /** The best structured form the server enforces. */
  readonly json: 'schema' | 'object' | 'none';
  /** True when `strict` schemas must list every property as required and forbid others. */
  readonly strictSubset: boolean;
  readonly images: boolean;
  /** Role in which instructions travel; `user` for templates without a system role. */
  readonly systemRole: 'system' | 'developer' | 'user';
  /** The server's words for how hard to think; an absent one is replaced by the nearest present one. `false` when there is no such field. */
  readonly reasoningEffort: Readonly<Partial<Record<ReasoningEffort, string>>> | false;
  /** Effort used when none is asked for. Matters to families that take sampling parameters only at `none`. */
  readonly defaultEffort: ReasoningEffort;
  /** Field for the end user's id. */
  readonly user: 'user' | 'safety_identifier' | false;
  /** `stream_options.include_usage` is understood. */
  readonly streamUsage: boolean;
  /** How an answer is begun for the model. */
  readonly prefill: 'native' | 'continue-final-message' | 'none';
  /** Neighbouring messages of one role must be joined. */
  readonly mergeRoles: boolean;
  /** What a tool call's id must look like. */
  readonly toolCallId?: { readonly pattern: RegExp; readonly length: number };
  /** `cache_control` on text parts means something to the server. */
  readonly cacheControl: boolean;
  /** The server sends 0 or -9999 where it has no log probabilities. */
  readonly placeholderLogprobs: boolean;
  /** Thinking comes between `<think>` tags inside the answer's text. */
  readonly inlineThinking: boolean;
  /** Facts that go into the model's capabilities. */
  readonly capabilities: Capabilities;
  /** Fields sent with every request. */
  readonly extra?: { readonly [key: string]: unknown };
}

/** A family: the models whose name matches, and what is different about them. Later families win over earlier ones. */
export interface ChatFamily {
  readonly name: string;
  readonly match: RegExp;
  readonly quirks: Partial<ChatQuirks>;
}

/** Plain Chat Completions as most compatible servers speak it. */
export const plainChat: ChatQuirks = {
  maxTokens: 'max_tokens',
  temperature: 2,
  topP: true,
  stop: 4,
  seed: true,
  topLogprobs: 20,
  logprobsField: 'boolean',
  tools: true,
  forcedTool: true,
  parallelToolCalls: true,
  json: 'schema',
  strictSubset: false,
  images: true,
  systemRole: 'system',
  reasoningEffort: false,
  defaultEffort: 'none',
  user: 'user',
  streamUsage: true,
  prefill: 'none',
  mergeRoles: false,
  cacheControl: false,
  placeholderLogprobs: false,
  inlineThinking: false,
  capabilities: {},
};

/** Quirks of one model: the plain protocol, the vendor's, then every family whose pattern matches its name. */
export function findQuirks(model: string, vendor: Partial<ChatQuirks>, families: readonly ChatFamily[]): ChatQuirks {
  let quirks: ChatQuirks = { ...plainChat, ...vendor };
  for (const family of families) {
    if (!family.match.test(model)) continue;
    quirks = { ...quirks, ...family.quirks, capabilities: { ...quirks.capabilities, ...family.quirks.capabilities } };
  }
  return quirks;
}

/** What a model with these quirks is known to be able to do. */
export function toCapabilities(quirks: ChatQuirks, known: Capabilities): Capabilities {
  return {
    ...(!quirks.tools && { tools: false }),
    ...(quirks.topLogprobs === false && { logprobs: false }),
    ...(!quirks.images && { vision: false }),
    ...quirks.capabilities,
    ...known,
  };
}
