import type {
  Calibration,
  CascadeEvent,
  Clock,
  CostSpec,
  Embedder,
  Judge,
  Message,
  Model,
  ProgressFactory,
  Provider,
  QualityTarget,
  ReasoningEffort,
  ResponseFormat,
  Router,
  SecondOpinion,
  ToolChoice,
} from '@cascadeflow/contract';
import type { CacheOptions } from './cache.ts';
import type { BudgetOptions } from './budget.ts';
import type { LatencyHistory } from './latency.ts';
import type { ObserveOptions } from './observe.ts';
import type { ResilienceOptions } from './resilience.ts';
import type { AnyTool, ApprovalRequest } from './tool.ts';
import type { TraceOptions } from './trace-run.ts';
import type { StandardSchema } from './schema.ts';

/** How much of a text stream may be shown before the verdict. */
export type ReleaseMode = 'hold' | 'window' | 'optimistic';

/** When the verifier is started beside the draft; see the guide on streaming. */
export type Speculation = 'sequential' | 'parallel' | 'hedged' | 'auto';

/** A model's own settings, sent with every call of it unless the run says otherwise. */
export interface ModelParameters {
  readonly temperature?: number;
  readonly topP?: number;
  readonly reasoningEffort?: ReasoningEffort;
  readonly seed?: number;
  readonly stop?: readonly string[];
  /** Fields of the vendor's own wire, passed on as they are. */
  readonly extra?: { readonly [key: string]: unknown };
}

/** One model of the cascade. */
export interface ModelConfig {
  /** Name the provider knows it by; unique among the models. */
  readonly name: string;
  /** Id of one of `providers`, or the provider itself. Left out when `model` is given. */
  readonly provider?: string | Provider;
  /** A ready-made model, instead of `provider`. */
  readonly model?: Model;
  /** USD per 1K tokens, or a price per 1M tokens by kind. Default: what the provider knows; otherwise the cost is reported as unknown. */
  readonly cost?: CostSpec;
  /** Output tokens per second, for choosing by time until there is a history. */
  readonly speed?: number;
  /** Share of answers expected to be good, 0 to 1. */
  readonly quality?: number;
  /** Domains it is meant for; absent means all. */
  readonly domains?: readonly string[];
  /** Ceiling of output tokens of one answer. */
  readonly maxTokens?: number;
  /** Tokens of prompt and answer together. */
  readonly contextWindow?: number;
  readonly supports?: {
    readonly tools?: boolean;
    readonly json?: boolean;
    readonly vision?: boolean;
    readonly logprobs?: boolean;
  };
  readonly parameters?: ModelParameters;
  /** Names of configured models that stand in for this one when it fails, before the cascade moves on. */
  readonly fallbacks?: readonly string[];
}

/** How second opinions are had. */
export interface SecondOpinionOptions {
  readonly when: SecondOpinion;
  /** Further answers of the same drafter at a raised temperature, where no other drafter is configured. Default 0. */
  readonly samples?: number;
  /** Name of a configured model that is asked whether the draft is right. */
  readonly judgeModel?: string;
}

/** What a {@link CascadeAgent} is made of. */
export interface AgentOptions {
  /** One or more models. */
  readonly models: readonly ModelConfig[];
  readonly providers?: readonly Provider[];
  /** Default `cost`: cheapest first. `given`: as listed. */
  readonly order?: 'cost' | 'given';
  /** Default `balanced`. */
  readonly quality?: QualityTarget;
  /** Default `auto`: asked for when two or more drafters are configured and the draft is in doubt. */
  readonly secondOpinion?: SecondOpinion | SecondOpinionOptions;
  /** Default `hold`. */
  readonly release?: ReleaseMode;
  /** Default `sequential`. */
  readonly speculation?: Speculation;
  /** USD that a second of waiting is worth to the caller; `speculation: 'auto'` weighs it against the verifier's price. Default 0: never worth it. */
  readonly latencyValue?: number;
  /** How fast models have been: hand one history to several agents of the same models. Default: one of its own, in memory. */
  readonly latency?: LatencyHistory;
  /** What `hedged` and `auto` may add to the bill, as a share of it. Default 0.05. */
  readonly speculationBudget?: number;
  /** Instructions for every run that brings no system message of its own. */
  readonly system?: string;
  /** Milliseconds one whole run may take. Default: no limit. */
  readonly deadlineMs?: number;
  /** Milliseconds a model may be silent before the call is given up. Default 60 000. */
  readonly silenceMs?: number;
  /** How often a failed call of the last tier is tried again. Default 2. */
  readonly retries?: number;
  /** Breakers, limits, and the watch over drafters that collapse. On by default; false for none. */
  readonly resilience?: false | ResilienceOptions;
  /** Ceilings on what may be spent. */
  readonly budgets?: BudgetOptions;
  /** Gives an answer again when the same is asked. Off unless set. */
  readonly cache?: CacheOptions;
  readonly judge?: Judge;
  readonly router?: Router;
  readonly progress?: ProgressFactory;
  /** Given to the default judge and the default router. */
  readonly embedder?: Embedder;
  /** Counts tokens where the provider does not say. */
  readonly estimateTokens?: (text: string) => number;
  readonly clock?: Clock;
  /** Uniform numbers from 0 to 1, for the spread of retries. Default `Math.random`. */
  readonly random?: () => number;
  /** What was learned from recorded traffic: corrects the default judge and router. A judge or router of one's own sees nothing of it. */
  readonly calibration?: Calibration;
  /** Writes every run down. */
  readonly trace?: TraceOptions;
  /** `observe` serves with today's model and runs the cascade beside it on a sample, for its traces. Default `serve`. */
  readonly mode?: 'serve' | 'observe';
  readonly observe?: ObserveOptions;
  /** Sees every event of every run. What it throws becomes a warning. */
  readonly onEvent?: (event: CascadeEvent) => void;
}

/** What is asked: a text, or a conversation. */
export type RunInput = string | readonly Message[];

/** A schema of a validation library (zod, valibot, arktype …) as the form of the answer; the result is then typed by it. */
export interface SchemaFormat<Output> {
  readonly schema: StandardSchema<Output>;
  readonly name?: string;
}

/** What one run may say. */
export interface RunOptions<Output = unknown> {
  readonly signal?: AbortSignal;
  readonly deadlineMs?: number;
  readonly system?: string;
  readonly temperature?: number;
  readonly topP?: number;
  readonly maxTokens?: number;
  readonly stop?: readonly string[];
  readonly seed?: number;
  readonly reasoningEffort?: ReasoningEffort;
  readonly tools?: readonly AnyTool[];
  readonly toolChoice?: ToolChoice;
  readonly parallelToolCalls?: boolean;
  /** Most turns of the tool loop. Default 8. */
  readonly maxSteps?: number;
  /** Asked before a destructive or spending tool runs on a call that no verifier has made. */
  readonly onApproval?: (request: ApprovalRequest) => boolean | Promise<boolean>;
  readonly responseFormat?: ResponseFormat | SchemaFormat<Output>;
  /** Alternatives per token to ask models with logprobs for. */
  readonly topLogprobs?: number;
  /** Name of the one model that is to answer, undrafted and unjudged. */
  readonly forceModel?: string;
  readonly metadata?: { readonly [key: string]: unknown };
  readonly sessionId?: string;
  /** End user's id: handed to the vendor for abuse detection, and the payer of budgets per user. */
  readonly user?: string;
  /** The payer of budgets per key. */
  readonly budgetKey?: string;
  /** False asks anew where the agent has a cache. */
  readonly cache?: boolean;
  readonly quality?: QualityTarget;
  readonly secondOpinion?: SecondOpinion | SecondOpinionOptions;
  readonly release?: ReleaseMode;
  readonly speculation?: Speculation;
  /** Fields of the vendor's own wire, passed on to every model. */
  readonly extra?: { readonly [key: string]: unknown };
}
