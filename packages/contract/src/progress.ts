import type { TokenLogprob } from './model-event.ts';
import type { SignalInput } from './verdict.ts';

/** What is known of a draft while it is being written. */
export interface ProgressFinding {
  /** Why the draft cannot pass any more, in one sentence. */
  readonly dead?: string;
  /** Predicted probability that the finished draft is good, 0 to 1. */
  readonly probability?: number;
}

/** Watches one draft while it streams. Each call takes constant time on average. */
export interface ProgressChecks {
  push(text: string, logprobs?: readonly TokenLogprob[]): ProgressFinding;
  /** A tool call has begun. */
  toolCall(name: string): ProgressFinding;
}

/** Starts watching a draft. */
export type ProgressFactory = (input: Omit<SignalInput, 'draft'>) => ProgressChecks;
