import type { AttemptReport, CascadeResult } from '@cascadeflow/contract';

const fields = [
  'modelUsed', 'provider', 'tier', 'cascaded', 'draftAccepted', 'degraded', 'reason', 'complexity', 'domain', 'qualityScore', 'qualityThreshold', 'escalations',
  'totalCost', 'draftCost', 'verifierCost', 'baselineCost', 'costSaved', 'savingsPercent', 'pricingIncomplete', 'costEstimated', 'cacheHit', 'latencyMs', 'overheadMs',
  'runId', 'sessionId', 'warnings',
] as const satisfies readonly (keyof CascadeResult)[];

/** What a cascade decided and what it cost, as plain data under `providerMetadata.cascadeflow`. Money in USD; unknown values are absent. */
export type CascadeDecision = { readonly [Field in (typeof fields)[number]]?: NonNullable<CascadeResult[Field]> } & {
  /** Models that the plan left out, with the need each does not meet. */
  readonly excluded: CascadeResult['plan']['excluded'];
  /** Every call of the run. */
  readonly attempts: readonly Pick<AttemptReport, 'model' | 'provider' | 'tier' | 'role' | 'status' | 'cost' | 'latencyMs' | 'chosen'>[];
};

/** The decision of a finished run. */
export function toDecision(result: CascadeResult): CascadeDecision {
  const decision: { [field: string]: unknown } = {};
  for (const field of fields) if (result[field] !== undefined) decision[field] = result[field];
  decision['excluded'] = result.plan.excluded;
  decision['attempts'] = result.attempts.map(({ model, provider, tier, role, status, cost, latencyMs, chosen }) => ({
    model, provider, tier, role, status, latencyMs, chosen, ...(cost !== undefined && { cost }),
  }));
  return decision as CascadeDecision;
}

/** The decision in what the AI SDK returns, or `undefined` when another model answered. */
export function readDecision(answer: { readonly providerMetadata?: { readonly [provider: string]: unknown } | undefined }): CascadeDecision | undefined {
  return answer.providerMetadata?.['cascadeflow'] as CascadeDecision | undefined;
}
