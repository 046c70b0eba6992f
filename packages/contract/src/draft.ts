import type { ReasoningPart, ToolCall } from './message.ts';
import type { FinishReason, TokenLogprob } from './model-event.ts';
import type { Usage } from './price.ts';

/** Why a model was called. */
export type AttemptRole = 'draft' | 'opinion' | 'judge' | 'verifier';

/** What one model wrote, before anyone has decided whether it is the answer. */
export interface Draft {
  readonly provider: string;
  readonly model: string;
  readonly tier: number;
  readonly content: string;
  readonly toolCalls: readonly ToolCall[];
  readonly reasoning?: readonly ReasoningPart[];
  readonly finishReason: FinishReason;
  /** False when the stream was cut or cancelled. */
  readonly complete: boolean;
  /** Chosen tokens with their log probabilities, in order, where the vendor gives them. */
  readonly logprobs?: readonly TokenLogprob[];
  readonly usage?: Usage;
}
