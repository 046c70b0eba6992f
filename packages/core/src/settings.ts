import type { CascadeEvent, Clock, Draft, Judge, ModelRequest, ProgressFactory, QualityTarget, Router, ToolDefinition, ToolRisk, Trace } from '@cascadeflow/contract';
import type { ResponseCache } from './cache.ts';
import type { BudgetOptions } from './budget.ts';
import type { DriftWatch } from './drift.ts';
import type { Guard } from './guard.ts';
import type { LatencyHistory } from './latency.ts';
import type { ReleaseMode, SecondOpinionOptions, Speculation } from './options.ts';
import type { SpeculationBudget } from './speculation-budget.ts';
import type { StormWatch } from './storm.ts';
import type { TraceOptions } from './trace-run.ts';
import type { Tier } from './tiers.ts';

/** How a model is asked whether a draft is right, and how its reply is read. */
export interface ModelJudge {
  request(input: { readonly request: ModelRequest; readonly draft: Draft }): ModelRequest;
  /** Probability that the draft is right; `undefined` when the reply says nothing. */
  read(reply: Draft): number | undefined;
}

/** An agent's options, checked and completed: what every run of it shares. */
export interface Settings {
  readonly tiers: readonly Tier[];
  readonly judge: Judge;
  readonly router: Router;
  readonly progress: ProgressFactory;
  readonly modelJudge: ModelJudge;
  readonly estimateTokens: (text: string) => number;
  readonly validate: (schema: ToolDefinition['parameters'], value: unknown) => readonly { readonly path: string; readonly message: string }[];
  readonly toolRisk: (tool: ToolDefinition) => ToolRisk;
  readonly clock: Clock;
  readonly random: () => number;
  readonly latency: LatencyHistory;
  readonly guard: Guard | undefined;
  readonly storm: StormWatch | undefined;
  readonly quality: QualityTarget;
  readonly secondOpinion: SecondOpinionOptions;
  readonly release: ReleaseMode;
  readonly speculation: Speculation;
  /** USD that a second of waiting is worth; 0 means not known. */
  readonly latencyValue: number;
  readonly speculationBudget: SpeculationBudget;
  readonly cache: ResponseCache | undefined;
  readonly budgets: Required<BudgetOptions> | undefined;
  readonly system: string | undefined;
  readonly deadlineMs: number | undefined;
  readonly silenceMs: number;
  readonly retries: number;
  readonly onEvent: ((event: CascadeEvent) => void) | undefined;
  readonly mode: Trace['mode'];
  readonly trace: TraceOptions | undefined;
  readonly drift: DriftWatch | undefined;
  /** Said in every result until mended. */
  readonly warnings: readonly string[];
}
