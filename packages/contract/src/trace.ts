import type { Draft } from './draft.ts';
import type { ErrorInfo } from './error/cascade-error.ts';
import type { ModelInfo } from './model.ts';
import type { ModelRequest } from './request.ts';
import type { AttemptReport } from './result.ts';
import type { Route } from './route.ts';
import type { QualityTarget, Verdict } from './verdict.ts';

/** Version of {@link Trace}; readers refuse lines of another major version. */
export const traceVersion = 1;

/** How it is known whether an answer was good. */
export type LabelSource = 'gold' | 'human' | 'verifier-agreement' | 'pairwise-judge';

/** Whether a recorded answer was good. */
export interface TraceLabel {
  /** 0 (bad) to 1 (good). */
  readonly score: number;
  readonly source: LabelSource;
}

/** One model's recorded answer. */
export interface TraceAnswer extends Partial<Draft> {
  readonly provider: string;
  readonly model: string;
  readonly tier: number;
  /** USD. */
  readonly cost?: number;
  readonly latencyMs?: number;
  readonly label?: TraceLabel;
}

/** One run as one JSON line: what calibration and replay read. */
export interface Trace {
  readonly version: typeof traceVersion;
  readonly runId: string;
  /** ISO 8601. */
  readonly time: string;
  readonly mode: 'serve' | 'observe' | 'record';
  /** Absent unless prompts are recorded. */
  readonly request?: ModelRequest;
  /** Hash of the request, so that runs can be matched without prompts. */
  readonly requestHash: string;
  readonly models: readonly ModelInfo[];
  readonly target: QualityTarget;
  readonly route?: Route;
  /** Contents are absent unless answers are recorded. */
  readonly answers: readonly TraceAnswer[];
  readonly verdicts: readonly (Verdict & { readonly attempt: number })[];
  readonly attempts: readonly AttemptReport[];
  /** Model whose answer was served. */
  readonly modelUsed?: string;
  readonly totalCost?: number;
  readonly baselineCost?: number;
  readonly latencyMs: number;
  readonly error?: ErrorInfo;
  readonly sessionId?: string;
  readonly metadata?: { readonly [key: string]: unknown };
}
