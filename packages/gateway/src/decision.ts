import type { CascadeEvent, CascadeResult } from '@cascadeflow/contract';
import { type HeaderRecord, toHeaderText } from './http/respond.ts';

/** What is told about a run: in headers always, in the body on request. Money in USD. */
export interface Decision {
  readonly run_id: string;
  readonly model: string;
  readonly provider?: string;
  readonly reason?: string;
  readonly accepted?: boolean;
  readonly degraded?: boolean;
  /** Calibrated probability that the draft is good. */
  readonly probability?: number;
  readonly threshold?: number;
  readonly complexity?: string;
  readonly domain?: string;
  readonly cost?: number;
  readonly saved?: number;
  readonly cached?: boolean;
  readonly warnings?: readonly string[];
}

/** The decision of a finished run. */
export function toDecision(result: CascadeResult): Decision {
  return {
    run_id: result.runId,
    model: result.modelUsed,
    provider: result.provider,
    reason: result.reason,
    accepted: result.draftAccepted,
    degraded: result.degraded,
    ...(result.qualityScore !== undefined && { probability: result.qualityScore }),
    ...(result.qualityThreshold !== undefined && { threshold: result.qualityThreshold }),
    complexity: result.complexity,
    domain: result.domain,
    ...(result.totalCost !== undefined && { cost: result.totalCost }),
    ...(result.costSaved !== undefined && { saved: result.costSaved }),
    cached: result.cacheHit,
    warnings: result.warnings,
  };
}

/** A decision as response headers. */
export function toDecisionHeaders(decision: Decision, warnings: readonly string[]): HeaderRecord {
  const { run_id: runId, model, reason, probability, cost, saved } = decision;
  return {
    'x-cascade-run-id': runId,
    'x-cascade-model': toHeaderText(model),
    ...(reason !== undefined && { 'x-cascade-reason': toHeaderText(reason) }),
    ...(probability !== undefined && { 'x-cascade-probability': toFigure(probability, 4) }),
    ...(cost !== undefined && { 'x-cascade-cost': toFigure(cost, 12) }),
    ...(saved !== undefined && { 'x-cascade-saved': toFigure(saved, 12) }),
    ...toWarningHeader([...warnings, ...(decision.warnings ?? [])]),
  };
}

/** What was not passed on, or not as it was asked. */
export function toWarningHeader(warnings: readonly string[]): HeaderRecord {
  return warnings.length === 0 ? {} : { 'x-cascade-warning': toHeaderText(warnings.join('; ')) };
}

function toFigure(value: number, digits: number): string {
  return value.toFixed(digits).replace(/\.?0+$/, '');
}

/** Learns from a stream's events what its headers may say before the first text. */
export class DecisionSoFar {
  #runId = '';
  #model = '';
  #reason: string | undefined;
  #probability: number | undefined;
  readonly #models = new Map<number, string>();

  take(event: CascadeEvent): void {
    this.#runId = event.runId;
    if (event.type === 'draft-start') this.#models.set(event.attempt, event.model);
    else if (event.type === 'verdict-reach') {
      this.#reason = event.verdict.reason;
      this.#probability = event.verdict.probability;
    } else if (event.type === 'escalation-start') this.#reason = event.reason;
    else if (event.type === 'policy-apply' && event.policy === 'cache') this.#model = event.model ?? '';
    else if (event.type === 'text-delta' || event.type === 'reasoning-delta' || event.type === 'tool-call') this.#model = this.#models.get(event.attempt) ?? this.#model;
  }

  get decision(): Decision {
    return {
      run_id: this.#runId,
      model: this.#model,
      ...(this.#reason !== undefined && { reason: this.#reason }),
      ...(this.#probability !== undefined && { probability: this.#probability }),
    };
  }
}
