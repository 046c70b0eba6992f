/** What a policy did with one question, beside what the verifier alone would have done. Money in USD, quality from 0 to 1. */
export interface PolicyOutcome {
  readonly quality: number;
  /** Everything that was called, drafts and opinions included. */
  readonly cost: number;
  /** True when the verifier was not asked. */
  readonly accepted: boolean;
  readonly verifierQuality: number;
  readonly verifierCost: number;
}

/** Quality of the policy divided by quality of the verifier alone: 0.98 means that two percent were lost. `NaN` when the verifier has none. */
export function qualityKept(outcomes: readonly PolicyOutcome[]): number {
  let policy = 0;
  let verifier = 0;
  for (const outcome of outcomes) {
    policy += outcome.quality;
    verifier += outcome.verifierQuality;
  }
  return verifier === 0 ? Number.NaN : policy / verifier;
}

/** Share of the verifier-alone bill that the policy saves, all calls billed; negative when the cascade costs more. `NaN` when that bill is 0. */
export function saved(outcomes: readonly PolicyOutcome[]): number {
  let policy = 0;
  let verifier = 0;
  for (const outcome of outcomes) {
    policy += outcome.cost;
    verifier += outcome.verifierCost;
  }
  return verifier === 0 ? Number.NaN : 1 - policy / verifier;
}

/** Share of questions answered without the verifier. `NaN` when empty. */
export function acceptance(outcomes: readonly PolicyOutcome[]): number {
  let accepted = 0;
  for (const outcome of outcomes) if (outcome.accepted) accepted++;
  return accepted / outcomes.length;
}

/** Mean quality lost against the verifier alone, in points of quality: 0.02 is two in a hundred. Negative when the policy is better. */
export function qualityLoss(outcomes: readonly PolicyOutcome[]): number {
  let loss = 0;
  for (const outcome of outcomes) loss += outcome.verifierQuality - outcome.quality;
  return loss / outcomes.length;
}
