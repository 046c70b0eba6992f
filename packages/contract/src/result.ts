import type { AttemptRole } from './draft.ts';
import type { ErrorInfo } from './error/cascade-error.ts';
import type { AttemptStatus } from './event.ts';
import type { Message, ToolCall } from './message.ts';
import type { FinishReason, TokenLogprob } from './model-event.ts';
import type { Usage } from './price.ts';
import type { Complexity, Domain, Plan } from './route.ts';
import type { SignalReading, Verdict } from './verdict.ts';

/** One call of one model, as the result reports it. */
export interface AttemptReport {
  readonly attempt: number;
  readonly step: number;
  readonly role: AttemptRole;
  readonly provider: string;
  readonly model: string;
  readonly tier: number;
  readonly status: AttemptStatus;
  readonly usage?: Usage;
  /** USD; absent when the price or the usage is unknown. */
  readonly cost?: number;
  readonly estimated: boolean;
  readonly latencyMs: number;
  readonly timeToFirstTokenMs?: number;
  readonly finishReason?: FinishReason;
  readonly error?: ErrorInfo;
  /** True for the call whose answer was returned. */
  readonly chosen: boolean;
}

/**
 * Everything about a finished run. Money is in USD, times in milliseconds. A field whose value is not known is absent, never 0.
 */
export interface CascadeResult {
  /** The answer. Empty when the model only called tools. */
  readonly content: string;
  /** The answer parsed, when `responseFormat` asked for JSON. */
  readonly object?: unknown;
  /** The conversation with the answer appended: what to send next time. */
  readonly messages: readonly Message[];
  /** Tool calls the caller is to run. */
  readonly toolCalls: readonly ToolCall[];
  readonly finishReason: FinishReason;
  /** Log probabilities of the answer's tokens, when `topLogprobs` asked for them and the model gives them. */
  readonly logprobs?: readonly TokenLogprob[];

  /** Name of the model whose answer this is. */
  readonly modelUsed: string;
  readonly provider: string;
  readonly tier: number;
  /** True when a cheaper model drafted first. */
  readonly cascaded: boolean;
  /** True when a draft below the last tier was accepted. */
  readonly draftAccepted: boolean;
  /** True when the answer is the best that could be had, not one that passed. */
  readonly degraded: boolean;
  /** Why this answer, in one sentence. */
  readonly reason: string;
  /** True when the answer came from the response cache. */
  readonly cacheHit: boolean;

  readonly complexity: Complexity;
  readonly complexityConfidence: number;
  readonly domain: Domain;
  readonly domainConfidence: number;
  readonly plan: Plan;
  readonly routeReasons: readonly string[];

  /** Probability that the draft is good, from the last verdict on the first drafter's answer; absent when nothing was judged. */
  readonly qualityScore?: number;
  /** The bar that score was held against. */
  readonly qualityThreshold?: number;
  /** Signals of that verdict. */
  readonly signals: readonly SignalReading[];
  /** Every verdict with the number of the attempt it is about. */
  readonly verdicts: readonly (Verdict & { readonly attempt: number })[];
  /** What the first drafter wrote, kept also when it was not accepted. */
  readonly draftContent?: string;

  readonly attempts: readonly AttemptReport[];
  /** Calls to models beyond the first draft. */
  readonly escalations: number;
  /** Tokens of all calls together. */
  readonly usage: Usage;
  readonly totalCost: number | undefined;
  /** Cost of drafts and opinions. */
  readonly draftCost: number | undefined;
  /** Cost of the last tier. */
  readonly verifierCost: number | undefined;
  /** What the last tier alone would have cost. */
  readonly baselineCost: number | undefined;
  /** True when `baselineCost` rests on the draft's tokens because the last tier did not run. */
  readonly baselineEstimated: boolean;
  /** `baselineCost - totalCost`; negative when the cascade cost more. */
  readonly costSaved: number | undefined;
  /** `costSaved` in percent of `baselineCost`. */
  readonly savingsPercent: number | undefined;
  /** True when a call was made whose price or usage is unknown; the totals that would include it are then absent. */
  readonly pricingIncomplete: boolean;
  /** True when a cost in the totals rests on estimated tokens. */
  readonly costEstimated: boolean;
  /** Output tokens that early cancelling spared, estimated. */
  readonly tokensSaved: number;

  readonly latencyMs: number;
  /** From the start to the first text released to the reader. */
  readonly timeToFirstTokenMs?: number;
  readonly routingMs: number;
  readonly judgingMs: number;
  /** Time spent outside models and tools. */
  readonly overheadMs: number;
  /** Expected time of the last tier alone divided by `latencyMs`; absent while its history is unknown. */
  readonly speedup?: number;

  /** Turns of the tool loop, 1 without one. */
  readonly steps: number;
  readonly runId: string;
  readonly traceId: string;
  readonly sessionId?: string;
  readonly metadata?: { readonly [key: string]: unknown };
  readonly warnings: readonly string[];
}
