import type { AttemptReport, CascadeResult } from '@cascadeflow/contract';

type Decided =
  | 'modelUsed' | 'provider' | 'tier' | 'cascaded' | 'draftAccepted' | 'degraded' | 'reason' | 'complexity' | 'domain' | 'qualityScore' | 'qualityThreshold' | 'escalations'
  | 'totalCost' | 'draftCost' | 'verifierCost' | 'baselineCost' | 'costSaved' | 'savingsPercent' | 'pricingIncomplete' | 'costEstimated' | 'cacheHit' | 'latencyMs' | 'overheadMs'
  | 'runId' | 'sessionId' | 'warnings';

/** What a cascade decided and what it cost, as plain data under `providerMetadata.cascadeflow`. Money in USD; unknown values are absent. */
export type CascadeDecision = { readonly [Field in Decided]?: NonNullable<CascadeResult[Field]> } & {
  /** Models that the plan left out, with the need each does not meet. */
  readonly excluded: CascadeResult['plan']['excluded'];
  /** Every call of the run. */
  readonly attempts: readonly Pick<AttemptReport, 'model' | 'provider' | 'tier' | 'role' | 'status' | 'cost' | 'latencyMs' | 'chosen'>[];
};

/** The decision of a finished run. Written out field by field: copying from a list of names takes ten times as long. */
export function toDecision(result: CascadeResult): CascadeDecision {
  const { modelUsed, provider, tier, cascaded, draftAccepted, degraded, reason, complexity, domain, escalations, pricingIncomplete, costEstimated, cacheHit, latencyMs, overheadMs, runId, warnings } = result;
  const excluded = result.plan.excluded;
  const attempts = result.attempts.map(toCall);
  const decision: { -readonly [Field in keyof CascadeDecision]: CascadeDecision[Field] } = {
    modelUsed, provider, tier, cascaded, draftAccepted, degraded, reason, complexity, domain, escalations, pricingIncomplete, costEstimated, cacheHit, latencyMs, overheadMs, runId, warnings, excluded, attempts,
  };
  const { qualityScore, qualityThreshold, totalCost, draftCost, verifierCost, baselineCost, costSaved, savingsPercent, sessionId } = result;
  if (qualityScore !== undefined) decision.qualityScore = qualityScore;
  if (qualityThreshold !== undefined) decision.qualityThreshold = qualityThreshold;
  if (totalCost !== undefined) decision.totalCost = totalCost;
  if (draftCost !== undefined) decision.draftCost = draftCost;
  if (verifierCost !== undefined) decision.verifierCost = verifierCost;
  if (baselineCost !== undefined) decision.baselineCost = baselineCost;
  if (costSaved !== undefined) decision.costSaved = costSaved;
  if (savingsPercent !== undefined) decision.savingsPercent = savingsPercent;
  if (sessionId !== undefined) decision.sessionId = sessionId;
  return decision;
}

function toCall({ model, provider, tier, role, status, cost, latencyMs, chosen }: AttemptReport): CascadeDecision['attempts'][number] {
  return cost === undefined ? { model, provider, tier, role, status, latencyMs, chosen } : { model, provider, tier, role, status, latencyMs, chosen, cost };
}

/** The decision in what the AI SDK returns, or `undefined` when another model answered. */
export function readDecision(answer: { readonly providerMetadata?: { readonly [provider: string]: unknown } | undefined }): CascadeDecision | undefined {
  return answer.providerMetadata?.['cascadeflow'] as CascadeDecision | undefined;
}
