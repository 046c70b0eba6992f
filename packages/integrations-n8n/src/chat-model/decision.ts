import type { CascadeResult } from '@cascadeflow/contract';

/** What a run decided and what it cost, as n8n's log shows it. Money in USD; what is not known is left out. */
export interface Decision {
  readonly modelUsed: string;
  readonly draftAccepted: boolean;
  readonly degraded: boolean;
  readonly reason: string;
  readonly probability?: number;
  readonly threshold?: number;
  readonly complexity: string;
  readonly domain: string;
  readonly cost?: number;
  readonly saved?: number;
  readonly savedPercent?: number;
  readonly latencyMs: number;
  /** Every call of the run. */
  readonly calls: readonly { readonly model: string; readonly role: string; readonly status: string; readonly tokens?: number; readonly cost?: number; readonly latencyMs: number }[];
  readonly warnings?: readonly string[];
}

/** The decision of a finished run. */
export function toDecision(result: CascadeResult): Decision {
  const { modelUsed, draftAccepted, degraded, reason, qualityScore, qualityThreshold, complexity, domain, totalCost, costSaved, savingsPercent, latencyMs, attempts, warnings } = result;
  return {
    modelUsed,
    draftAccepted,
    degraded,
    reason,
    ...(qualityScore !== undefined && { probability: round(qualityScore) }),
    ...(qualityThreshold !== undefined && { threshold: round(qualityThreshold) }),
    complexity,
    domain,
    ...(totalCost !== undefined && { cost: totalCost }),
    ...(costSaved !== undefined && { saved: costSaved }),
    ...(savingsPercent !== undefined && { savedPercent: round(savingsPercent) }),
    latencyMs: Math.round(latencyMs),
    calls: attempts.map(({ model, role, status, usage, cost, latencyMs: callMs }) => ({
      model, role, status, latencyMs: Math.round(callMs),
      ...(usage && { tokens: Object.values(usage).reduce<number>((sum, count) => sum + (count ?? 0), 0) }),
      ...(cost !== undefined && { cost }),
    })),
    ...(warnings.length > 0 && { warnings }),
  };
}

/** Three digits after the point: what a person reads. */
function round(value: number): number {
  return Math.round(value * 1000) / 1000;
}
