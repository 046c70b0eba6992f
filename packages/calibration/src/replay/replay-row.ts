import type { SignalReading } from '@cascadeflow/contract';

/** One verdict of a replayed run: on a draft, never on the verifier's answer. */
export interface ReplayVerdict {
  readonly model: string;
  readonly probability: number;
  readonly threshold: number;
  readonly accept: boolean;
  readonly veto?: string;
  /** True when other drafters' answers were before the judge. */
  readonly opinions: boolean;
  readonly agreement?: number;
  readonly signals: readonly SignalReading[];
  /** Label of the answer it is about, 0 to 1; absent when it has none. */
  readonly quality?: number;
  /** USD spent up to and including this answer; absent when a price is missing. */
  readonly spent?: number;
}

/** What became of one trace. Nothing in it depends on the clock or on chance. */
export interface ReplayRow {
  /** The trace's `runId`. */
  readonly id: string;
  /** The trace's `requestHash`: runs of one question share it. */
  readonly group: string;
  readonly domain: string;
  readonly complexity: string;
  /** Whose answer was returned; absent when the run failed. */
  readonly modelUsed?: string;
  /** True when the verifier was not asked. */
  readonly accepted: boolean;
  readonly degraded: boolean;
  /** Models in the order they were called. */
  readonly calls: readonly string[];
  readonly verdicts: readonly ReplayVerdict[];
  readonly quality?: number;
  readonly cost?: number;
  readonly verifierQuality?: number;
  readonly verifierCost?: number;
  /** Recorded milliseconds of the calls, one after another; absent when one was not recorded. */
  readonly latencyMs?: number;
  /** Models that the engine asked and the trace does not hold: what would have happened is unknown, and the row counts for nothing. */
  readonly unrecorded: readonly string[];
  /** Why the run failed, in one sentence. */
  readonly error?: string;
}
