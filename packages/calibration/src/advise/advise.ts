import { InvalidOptionsError, type Trace } from '@cascadeflow/contract';
import { bootstrapInterval, type Interval } from '../interval/bootstrap-interval.ts';
import { type CostQuality, costQualityHull } from '../metric/aiq.ts';
import type { HeldOut } from '../fit/cross-fit.ts';
import { acceptance, qualityKept, saved } from '../metric/outcome.ts';
import type { ReplayConfig } from '../replay/replay.ts';
import { drafterCandidates, teams, verifierCandidates } from './candidates.ts';
import { type Table, tabulate } from './candidate-rows.ts';
import { type Care, careOver, search, type SearchProgress, type Tried } from './search.ts';

/** What the adviser is to look for. */
export interface AdviseConfig extends Omit<ReplayConfig, 'models' | 'probe' | 'calibration'> {
  /** Models to consider. Default: all that answered nine in ten of the questions. */
  readonly models?: readonly string[];
  /** The model used today, whose quality is to be kept and against whose bill savings are counted. Default: the best recorded one. */
  readonly reference?: string;
  /** Share of the reference's quality to keep. Default 1. */
  readonly keep?: number;
  /** Default 1. */
  readonly seed?: number;
  readonly onProgress?: (progress: SearchProgress) => void;
}

/** A policy with what it is predicted to do on traffic like this, from rows held out. */
export interface Policy extends CostQuality {
  /** Cheapest first, the verifier last; one name means that model alone. */
  readonly models: readonly string[];
  /** Against the reference alone. */
  readonly qualityKept: Interval;
  readonly saved: Interval;
  /** Share of questions answered without the last model. */
  readonly acceptance: number;
}

/** What the adviser found. */
export interface Advice {
  readonly recommendation: Policy;
  /** `verifier-alone` and `cheap-alone` mean: do not cascade. */
  readonly kind: 'cascade' | 'verifier-alone' | 'cheap-alone';
  /** Why, in one sentence. */
  readonly reason: string;
  readonly reference: string;
  /** Share of the reference's quality that was asked for. */
  readonly keep: number;
  /** Policies that no other beats in both cost and quality, cheapest first. */
  readonly frontier: readonly Policy[];
  readonly rows: number;
  /** What was held back for having searched: a fit of the recommended cascade is to hold back the same. */
  readonly care: Care;
  readonly leftOut: readonly string[];
}

/** Questions below which advice would be a guess. */
export const minAdviceRows = 100;

/** How much cheaper than the best single model a cascade must be for certain to be worth its trouble, as a share of that model's cost. */
const worthwhile = 0.02;

/**
 * Looks for the cheapest policy that keeps the quality of the reference on recorded traffic: drafters, opinions, verifier and thresholds. A cascade
 * is recommended only when the lower end of its saving over the best single model is above 2%; else that model alone.
 *
 * @throws {InvalidOptionsError} for fewer than 100 questions that all models answered, or a reference that is not among them.
 */
export async function advise(traces: readonly Trace[], config: AdviseConfig): Promise<Advice> {
  const { keep = 1, seed = 1, onProgress, models, reference: named, ...engine } = config;
  const table = tabulate(traces, models, config.prices ?? {});
  const reference = named ?? bestOf(table);
  check(table, reference, keep);
  const base = table.mean(reference ?? '');
  const wanted = keep * base.quality;
  const verifiers = verifierCandidates(table, reference ?? '', wanted);
  const drafters = drafterCandidates(table, verifiers);
  const target = { reference: reference ?? '', quality: wanted, referenceCost: base.cost };
  const options = { engine, seed, ...(onProgress !== undefined && { onProgress }) };
  const everyTeam = teams(table, drafters);
  const tried = await search(table, everyTeam, verifiers, target, options);
  const singles = table.models.map((model) => singleOf(table, model, reference ?? ''));
  const cascades = tried.map((each) => cascadeOf(table, each, reference ?? ''));
  const choice = choose(singles, cascades, wanted, reference ?? '');
  return {
    ...choice,
    reference: reference ?? '',
    keep,
    frontier: costQualityHull([...singles, ...cascades]),
    rows: table.traces.length,
    care: careOver(everyTeam.length),
    leftOut: table.leftOut,
  };
}

function check(table: Table, reference: string | undefined, keep: number): void {
  if (!(keep > 0 && keep <= 2)) throw new InvalidOptionsError('keep', `must be a share such as 1 or 0.98, is ${keep}`);
  if (reference === undefined || !table.models.includes(reference)) {
    throw new InvalidOptionsError('reference', `has no labelled, priced answers; there are answers of ${table.models.join(', ') || 'no model'}`);
  }
  if (table.traces.length >= minAdviceRows) return;
  const fix = 'record more questions, or name fewer models';
  throw new InvalidOptionsError('traces', `advice needs ${minAdviceRows} questions with a labelled, priced answer of every model, there are ${table.traces.length}; ${fix}`);
}

function bestOf(table: Table): string | undefined {
  return [...table.models].sort((a, b) => table.mean(b).quality - table.mean(a).quality || table.mean(a).cost - table.mean(b).cost)[0];
}

/** Resamples of intervals here: enough for two digits. */
const resamples = 400;

function singleOf(table: Table, model: string, reference: string): Policy {
  const outcomes = table.traces.map(({ runId }) => {
    const [own, other] = [table.outcome(runId, model), table.outcome(runId, reference)];
    return { quality: own.quality, cost: own.cost, accepted: false, verifierQuality: other.quality, verifierCost: other.cost };
  });
  return {
    models: [model],
    ...table.mean(model),
    qualityKept: bootstrapInterval(outcomes, qualityKept, { resamples }),
    saved: bootstrapInterval(outcomes, saved, { resamples }),
    acceptance: 0,
  };
}

function cascadeOf(table: Table, { drafters, verifier, outcomes, kept, quality, cost }: Tried, reference: string): Policy {
  const base = table.mean(reference);
  const against = (list: readonly HeldOut[]) => list.map((outcome) => ({ ...outcome, verifierQuality: base.quality, verifierCost: base.cost }));
  const group = (row: HeldOut) => row.group;
  return {
    models: [...drafters, verifier],
    cost,
    quality,
    qualityKept: bootstrapInterval(against(kept), qualityKept, { resamples, group }),
    saved: bootstrapInterval(against(outcomes), saved, { resamples, group }),
    acceptance: acceptance(outcomes),
  };
}

function choose(singles: readonly Policy[], cascades: readonly Policy[], wanted: number, reference: string): Pick<Advice, 'recommendation' | 'kind' | 'reason'> {
  const cheapest = (list: readonly Policy[]) => [...list].sort((a, b) => a.cost - b.cost)[0];
  const single = cheapest(singles.filter((policy) => policy.quality >= wanted - 1e-9));
  const cascade = cheapest(cascades.filter((policy) => policy.quality >= wanted));
  if (single === undefined) throw new InvalidOptionsError('keep', 'no model and no cascade reaches the quality asked for');
  const sparedBySingle = single.saved.value;
  // The cascade's whole interval must lie beyond the single model's cost by the margin.
  const bar = 1 - (1 - sparedBySingle) * (1 - worthwhile);
  if (cascade !== undefined && cascade.saved.low > bar) {
    const percent = Math.round(100 * cascade.saved.value);
    return { kind: 'cascade', recommendation: cascade, reason: `${cascade.models.join(' > ')} keeps the quality and is predicted to save ${percent}%` };
  }
  const tail = cascade === undefined ? 'no cascade keeps the quality' : 'no cascade is proven to be cheaper at that quality on these questions; more of them, or a slightly lower share to keep, may prove one';
  if (single.models[0] === reference) return { kind: 'verifier-alone', recommendation: single, reason: `use ${reference} alone: ${tail}` };
  return { kind: 'cheap-alone', recommendation: single, reason: `use ${single.models[0]} alone: it keeps the quality of ${reference} at less cost, and ${tail}` };
}
