import type { AttemptRole } from './draft.ts';
import type { ErrorInfo, Spend } from './error/cascade-error.ts';
import type { ToolCall } from './message.ts';
import type { FinishReason } from './model-event.ts';
import type { ModelInfo } from './model.ts';
import type { Usage } from './price.ts';
import type { CascadeResult } from './result.ts';
import type { Route } from './route.ts';
import type { QualityTarget, Verdict } from './verdict.ts';

/** What every event carries. */
export interface EventBase {
  readonly runId: string;
  /** 0, 1, 2 … without gaps within a run. */
  readonly seq: number;
  /** Milliseconds since the run began, monotonic. */
  readonly atMs: number;
}

/** Which call of which model an event belongs to. */
export interface AttemptRef {
  /** 0, 1, 2 … in the order the calls of a run began. */
  readonly attempt: number;
  /** Turn of a tool loop, 0 for the first. */
  readonly step: number;
  readonly role: AttemptRole;
  readonly provider: string;
  readonly model: string;
  readonly tier: number;
}

/** How a call ended. `cancelled`: we ended it because its answer was no longer needed. */
export type AttemptStatus = 'ok' | 'cut' | 'cancelled' | 'failed';

/** What a call used, and what that costs. */
export interface AttemptBill {
  readonly usage?: Usage;
  /** USD; absent when the price or the usage is unknown. */
  readonly cost?: number;
  /** True when the cost rests on an estimate of tokens, because the provider did not report them. */
  readonly estimated: boolean;
}

/** A run began. */
export interface CascadeStart extends EventBase {
  readonly type: 'cascade-start';
  readonly models: readonly ModelInfo[];
  readonly target: QualityTarget;
  readonly sessionId?: string;
  /** End user's id. */
  readonly user?: string;
  readonly metadata?: { readonly [key: string]: unknown };
}
/** The router has decided. */
export interface RouteChoose extends EventBase {
  readonly type: 'route-choose';
  readonly step: number;
  readonly route: Route;
  /** Milliseconds the router took. */
  readonly routingMs: number;
}
/** A model is being called. */
export interface DraftStart extends EventBase, AttemptRef {
  readonly type: 'draft-start';
}
/** Text for the reader. `provisional` text may be withdrawn by an `answer-reset`; all other text stays. */
export interface TextDeltaEvent extends EventBase {
  readonly type: 'text-delta';
  readonly attempt: number;
  readonly text: string;
  readonly provisional: boolean;
}
/** Visible thinking of the model whose answer is being released. */
export interface ReasoningDeltaEvent extends EventBase {
  readonly type: 'reasoning-delta';
  readonly attempt: number;
  readonly text: string;
}
/** A tool call that has been accepted. */
export interface ToolCallAccepted extends EventBase {
  readonly type: 'tool-call';
  readonly attempt: number;
  readonly call: ToolCall;
}
/** A model has finished, was cut, was cancelled or failed; its bill is final. */
export interface DraftEnd extends EventBase, AttemptRef, AttemptBill {
  readonly type: 'draft-end';
  readonly status: AttemptStatus;
  readonly content: string;
  readonly toolCalls: readonly ToolCall[];
  readonly finishReason?: FinishReason;
  readonly latencyMs: number;
  readonly timeToFirstTokenMs?: number;
  readonly servedModel?: string;
  readonly responseId?: string;
  /** Why we cancelled it, where we did. */
  readonly cancelReason?: string;
  readonly warnings?: readonly string[];
}
/** The judge has decided on a draft. */
export interface VerdictReach extends EventBase {
  readonly type: 'verdict-reach';
  readonly attempt: number;
  readonly verdict: Verdict;
  readonly judgingMs: number;
}
/** The draft was not good enough; a dearer model is next. */
export interface EscalationStart extends EventBase {
  readonly type: 'escalation-start';
  readonly step: number;
  readonly fromTier: number;
  readonly toTier: number;
  readonly reason: string;
}
/** All provisional text of `attempt` is withdrawn. Only in release mode `optimistic`. */
export interface AnswerReset extends EventBase {
  readonly type: 'answer-reset';
  readonly attempt: number;
  readonly reason: string;
}
/** A failed call is tried again. */
export interface AttemptRetry extends EventBase, AttemptRef {
  readonly type: 'attempt-retry';
  readonly error: ErrorInfo;
  readonly delayMs: number;
}
/** A call failed for good. Its `draft-end`, with the bill, came just before. */
export interface AttemptFail extends EventBase, AttemptRef {
  readonly type: 'attempt-fail';
  readonly error: ErrorInfo;
}
/** Money was set aside for the worst case of the plan. Amounts in USD. */
export interface BudgetReserve extends EventBase {
  readonly type: 'budget-reserve';
  readonly scopes: readonly string[];
  readonly amount: number;
}
/** The reservation was given back and the real cost booked. Amounts in USD. */
export interface BudgetSettle extends EventBase {
  readonly type: 'budget-settle';
  readonly scopes: readonly string[];
  readonly reserved: number;
  readonly spent: number;
}
/** A policy changed what would otherwise have happened: a breaker, a limit, a hedge, a storm, a budget, a cache, a guardrail. */
export interface PolicyApply extends EventBase {
  readonly type: 'policy-apply';
  readonly policy:
    | 'breaker'
    | 'bulkhead'
    | 'rate-limit'
    | 'fallback'
    | 'storm'
    | 'hedge'
    | 'speculation'
    | 'early-abort'
    | 'deadline'
    | 'budget'
    | 'cache'
    | 'guardrail'
    | 'session'
    | 'approval';
  readonly model?: string;
  readonly reason: string;
}
/** A tool of a tool loop is being run. */
export interface ToolStart extends EventBase {
  readonly type: 'tool-start';
  readonly step: number;
  readonly call: ToolCall;
}
/** A tool of a tool loop has returned. */
export interface ToolEnd extends EventBase {
  readonly type: 'tool-end';
  readonly step: number;
  readonly toolCallId: string;
  readonly toolName: string;
  /** What the model is told. */
  readonly content: string;
  readonly isError: boolean;
  readonly latencyMs: number;
}
/** Something the caller should know that did not stop the run. */
export interface WarningRaise extends EventBase {
  readonly type: 'warning-raise';
  readonly message: string;
}
/** The run has its result. Nothing follows. */
export interface CascadeEnd extends EventBase {
  readonly type: 'cascade-end';
  readonly result: CascadeResult;
}
/** The run failed. Nothing follows. */
export interface CascadeFail extends EventBase {
  readonly type: 'cascade-fail';
  readonly error: ErrorInfo;
  readonly spend: Spend;
}

/** Everything that happens in a run, in order. Plain JSON. */
export type CascadeEvent =
  | CascadeStart
  | RouteChoose
  | DraftStart
  | TextDeltaEvent
  | ReasoningDeltaEvent
  | ToolCallAccepted
  | DraftEnd
  | VerdictReach
  | EscalationStart
  | AnswerReset
  | AttemptRetry
  | AttemptFail
  | BudgetReserve
  | BudgetSettle
  | PolicyApply
  | ToolStart
  | ToolEnd
  | WarningRaise
  | CascadeEnd
  | CascadeFail;

/** Names of the events. */
export type CascadeEventType = CascadeEvent['type'];
