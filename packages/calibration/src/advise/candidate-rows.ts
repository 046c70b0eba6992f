import type { Price, Trace } from '@cascadeflow/contract';
import { costOf } from '../replay/price-of.ts';

/** What one model did with one question. */
export interface ModelOutcome {
  readonly quality: number;
  /** USD. */
  readonly cost: number;
}

/** Questions that every candidate answered, with a label and a cost each. */
export interface Table {
  readonly models: readonly string[];
  readonly traces: readonly Trace[];
  /** Outcome of a model on the trace of a run. */
  outcome(runId: string, model: string): ModelOutcome;
  mean(model: string): ModelOutcome;
  /** Models that were left out because too few questions have their labelled, priced answer. */
  readonly leftOut: readonly string[];
}

/** Share of the questions that a model must have answered to be considered. */
const minCoverage = 0.9;

/** Finds the models worth considering and the questions that all of them answered. */
export function tabulate(traces: readonly Trace[], wanted: readonly string[] | undefined, prices: Readonly<Record<string, Price>>): Table {
  const cells = new Map<string, Map<string, ModelOutcome>>();
  for (const trace of traces) {
    if (trace.request === undefined) continue;
    for (const answer of trace.answers) {
      const cost = costOf(answer, prices[answer.model]);
      if (answer.label === undefined || cost === undefined || answer.content === undefined) continue;
      if (wanted !== undefined && !wanted.includes(answer.model)) continue;
      const column = cells.get(answer.model) ?? new Map<string, ModelOutcome>();
      column.set(trace.runId, { quality: answer.label.score, cost });
      cells.set(answer.model, column);
    }
  }
  const names = [...new Set([...(wanted ?? []), ...cells.keys()])];
  const models = names.filter((name) => (cells.get(name)?.size ?? 0) >= (wanted === undefined ? minCoverage * traces.length : 1));
  const complete = traces.filter((trace) => models.every((model) => cells.get(model)?.has(trace.runId) === true));
  const outcome = (runId: string, model: string): ModelOutcome => cells.get(model)?.get(runId) ?? { quality: 0, cost: 0 };
  const means = new Map(models.map((model) => [model, meanOf(complete.map((trace) => outcome(trace.runId, model)))]));
  return {
    models,
    traces: complete,
    outcome,
    mean: (model) => means.get(model) ?? { quality: Number.NaN, cost: Number.NaN },
    leftOut: names.filter((name) => !models.includes(name)),
  };
}

function meanOf(outcomes: readonly ModelOutcome[]): ModelOutcome {
  let quality = 0;
  let cost = 0;
  for (const outcome of outcomes) {
    quality += outcome.quality;
    cost += outcome.cost;
  }
  return { quality: quality / outcomes.length, cost: cost / outcomes.length };
}
