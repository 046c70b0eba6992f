import type { ToolCall } from './message.ts';
import type { Usage } from './price.ts';

/** Why a model stopped, in one vocabulary. */
export type FinishReasonKind = 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'error' | 'other';

/** A finish reason in our word and in the vendor's. */
export interface FinishReason {
  readonly unified: FinishReasonKind;
  readonly raw?: string;
}

/** Natural log probability of one token of the answer, with alternatives where the vendor gives them. */
export interface TokenLogprob {
  readonly token: string;
  readonly logprob: number;
  /** Most likely first; the chosen token may be among them. */
  readonly top?: readonly { readonly token: string; readonly logprob: number }[];
}

/** A piece of the visible answer. */
export interface TextDelta {
  readonly type: 'text-delta';
  readonly text: string;
}

/** A piece of visible thinking. `signature` and `redacted` come with the last piece of a block. */
export interface ReasoningDelta {
  readonly type: 'reasoning-delta';
  readonly text: string;
  readonly signature?: string;
  readonly redacted?: string;
}

/** The model has begun to call a tool; its arguments are still being written. */
export interface ToolCallStart {
  readonly type: 'tool-call-start';
  readonly id: string;
  readonly name: string;
}

/** A complete tool call. */
export interface ToolCallEvent {
  readonly type: 'tool-call';
  readonly call: ToolCall;
}

/** Log probabilities of the tokens since the last such event. */
export interface LogprobsEvent {
  readonly type: 'logprobs';
  readonly tokens: readonly TokenLogprob[];
}

/** The answer is whole. Nothing follows. */
export interface EndEvent {
  readonly type: 'end';
  readonly finishReason: FinishReason;
  readonly usage?: Usage;
  /** USD, where the server itself says what the call cost. */
  readonly reportedCost?: number;
  /** The name under which the vendor says it answered. */
  readonly servedModel?: string;
  /** The vendor's id of the answer. */
  readonly responseId?: string;
  /** What was dropped or changed on the way, in plain words. */
  readonly warnings?: readonly string[];
}

/** What a model's stream is made of. */
export type ModelEvent = TextDelta | ReasoningDelta | ToolCallStart | ToolCallEvent | LogprobsEvent | EndEvent;
