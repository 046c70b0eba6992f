import { bootstrapInterval, type Interval } from '../interval/bootstrap-interval.ts';
import { acceptance, type PolicyOutcome, qualityKept, qualityLoss, saved } from '../metric/outcome.ts';
import type { ReplayRow } from './replay-row.ts';

/** What a replay comes to. Figures rest on `rows`; the rest is counted, never guessed. */
export interface ReplaySummary {
  /** Rows with all that the figures need. */
  readonly rows: number;
  readonly qualityKept: Interval;
  readonly saved: Interval;
  readonly acceptance: Interval;
  readonly qualityLoss: Interval;
  /** Mean quality of the policy and of the verifier alone. */
  readonly quality: number;
  readonly verifierQuality: number;
  /** USD of all rows together. */
  readonly cost: number;
  readonly verifierCost: number;
  /** Rows whose outcome would have needed an answer that nobody recorded, by the model that was asked. */
  readonly unrecorded: Readonly<Record<string, number>>;
  /** Rows left out because an answer has no label, and because a cost is unknown. */
  readonly unlabelled: number;
  readonly unpriced: number;
  /** Runs that ended without an answer; they count as quality 0 where their cost is known. */
  readonly failed: number;
}

/** The outcome of a row, or why it has none. */
export function toOutcome(row: ReplayRow): PolicyOutcome | 'unrecorded' | 'unlabelled' | 'unpriced' {
  if (row.unrecorded.length > 0) return 'unrecorded';
  const { quality, cost, verifierQuality, verifierCost, accepted } = row;
  if (quality === undefined || verifierQuality === undefined) return 'unlabelled';
  if (cost === undefined || verifierCost === undefined) return 'unpriced';
  return { quality, cost, accepted, verifierQuality, verifierCost };
}

/** Adds rows up, with 95% bootstrap intervals over questions. */
export function summarise(rows: readonly ReplayRow[], { resamples = 1000, seed = 1 }: { readonly resamples?: number; readonly seed?: number } = {}): ReplaySummary {
  const outcomes: (PolicyOutcome & { readonly group: string })[] = [];
  const unrecorded: Record<string, number> = {};
  const left = { unlabelled: 0, unpriced: 0 };
  for (const row of rows) {
    const outcome = toOutcome(row);
    if (outcome === 'unrecorded') for (const model of row.unrecorded) unrecorded[model] = (unrecorded[model] ?? 0) + 1;
    else if (typeof outcome === 'string') left[outcome]++;
    else outcomes.push({ ...outcome, group: row.group });
  }
  const interval = (statistic: (rows: readonly PolicyOutcome[]) => number) => bootstrapInterval(outcomes, statistic, { resamples, seed, group: (row) => row.group });
  const total = (of: (outcome: PolicyOutcome) => number) => outcomes.reduce((sum, outcome) => sum + of(outcome), 0);
  return {
    rows: outcomes.length,
    qualityKept: interval(qualityKept),
    saved: interval(saved),
    acceptance: interval(acceptance),
    qualityLoss: interval(qualityLoss),
    quality: total((outcome) => outcome.quality) / outcomes.length,
    verifierQuality: total((outcome) => outcome.verifierQuality) / outcomes.length,
    cost: total((outcome) => outcome.cost),
    verifierCost: total((outcome) => outcome.verifierCost),
    unrecorded,
    ...left,
    failed: rows.filter((row) => row.error !== undefined).length,
  };
}
