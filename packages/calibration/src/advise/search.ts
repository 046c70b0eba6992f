import type { Trace } from '@cascadeflow/contract';
import { type CrossFit, crossFit, type HeldOut } from '../fit/cross-fit.ts';
import { chooseBars } from '../policy/choose-bars.ts';
import type { PolicyRow, Station } from '../policy/policy-row.ts';
import { shuffled, createRandom } from '../interval/random.ts';
import { replay, type ReplayConfig } from '../replay/replay.ts';
import type { ReplayRow } from '../replay/replay-row.ts';
import type { Table } from './candidate-rows.ts';

/** A cascade with what held-out rows say of it. */
export interface Tried {
  readonly drafters: readonly string[];
  readonly verifier: string;
  /** Of the final thresholds. */
  readonly outcomes: readonly HeldOut[];
  /** Of thresholds that never saw the row. */
  readonly kept: readonly HeldOut[];
  /** Mean of {@link Tried.kept}. */
  readonly quality: number;
  /** Mean USD per question. */
  readonly cost: number;
}

/** What a search is to find. */
export interface SearchTarget {
  /** The model whose quality is to be kept. */
  readonly reference: string;
  /** Mean quality wanted. */
  readonly quality: number;
  /** Mean cost of the reference, USD. */
  readonly referenceCost: number;
}

/** Told as the search goes on. */
export interface SearchProgress {
  readonly round: number;
  readonly rounds: number;
  /** Teams still in the race, and how many of them this round has tried. */
  readonly teams: number;
  readonly done: number;
  readonly rows: number;
}

/** Questions of the rounds before the last, which has all. */
const roundSizes = [150, 500] as const;
/** Share of the teams that goes on to the next round with each verifier, and how many at least: whether a cheaper verifier is good enough is told only at the end. */
const survivors = { share: 1 / 3, least: 6 } as const;
/** What a point of missing quality counts for, as a multiple of the reference's cost. */
const shortfallWeight = 5;

/** How much is held back for having searched, in standard errors of the difference to the reference; see `BarsTarget`. */
export interface Care {
  readonly caution: number;
  readonly doubt: number;
}

/**
 * How much a search over so many teams holds back. Thresholds that were searched for must pass the target by what the luckiest of as many normal draws
 * comes to, `sqrt(2 ln teams)`, and at least by one standard error. The judge's own bars must pass it by one: they were not searched for, but the team
 * was. See decision 0170.
 */
export function careOver(teams: number): Care {
  return { caution: Math.max(1, Math.sqrt(2 * Math.log(Math.max(1, teams)))), doubt: -1 };
}

type Engine = Omit<ReplayConfig, 'models' | 'probe' | 'calibration'>;

/**
 * Successive halving over teams of drafters: all on a few questions, each verifier's better third on more, the rest on all. Figures of the last round are of
 * rows that the thresholds did not see; those before only rank. Jamieson and Talwalkar, "Non-stochastic best arm identification and hyperparameter optimization", 2016.
 */
export async function search(
  table: Table,
  everyTeam: readonly (readonly string[])[],
  verifiers: readonly string[],
  target: SearchTarget,
  { engine, seed, onProgress }: { readonly engine: Engine; readonly seed: number; readonly onProgress?: (progress: SearchProgress) => void },
): Promise<Tried[]> {
  const order = shuffled(table.traces, createRandom(seed));
  const sizes = [...roundSizes.filter((size) => size < order.length), order.length];
  const place = new Map(table.traces.map(({ runId }, index) => [runId, index]));
  let field = everyTeam.map((drafters) => ({ drafters, rows: [] as ReplayRow[] }));
  let tried: Tried[] = [];
  const care = careOver(everyTeam.length);
  for (const [round, size] of sizes.entries()) {
    tried = [];
    for (const [index, team] of field.entries()) {
      onProgress?.({ round: round + 1, rounds: sizes.length, teams: field.length, done: index, rows: size });
      // The verifier's part is added afterwards, so one probe serves every verifier.
      const fresh = order.slice(team.rows.length, size);
      const able = verifiers.filter((model) => !team.drafters.includes(model));
      const probed = able.at(-1);
      if (probed === undefined) continue;
      const probe = (traces: readonly Trace[], verifier: string) => replay(traces, { ...engine, models: [...team.drafters, verifier], probe: true });
      for await (const row of probe(fresh, probed)) team.rows.push(row);
      const isLast = round === sizes.length - 1;
      // Maps are of drafts, so one fit serves every verifier, too. In the last round it sees the rows as a fit of the recommended cascade will see them.
      const fit = crossFit(isLast ? sorted(team.rows, place) : team.rows, { seed, quick: !isLast });
      for (const verifier of able) {
        // What the judge decides depends on the verifier behind the draft; it is asked again where the choice is made.
        const decided = isLast && verifier !== probed ? await decisions(probe(order, verifier)) : undefined;
        const swapped = fit.map((row) => swapVerifier(table, row, { from: probed, to: verifier, reference: target.reference, decided }));
        tried.push(tryOut(swapped, team.drafters, verifier, target, isLast ? care : undefined));
      }
    }
    tried.sort((a, b) => score(a, target) - score(b, target));
    const keep = Math.max(survivors.least, Math.ceil(field.length * survivors.share));
    const best = new Set(verifiers.flatMap((verifier) => tried.filter((each) => each.verifier === verifier).slice(0, keep).map((each) => each.drafters)));
    field = field.filter((team) => best.has(team.drafters));
  }
  return tried;
}

function score({ quality, cost }: Tried, target: SearchTarget): number {
  return cost / target.referenceCost + shortfallWeight * Math.max(0, target.quality - quality);
}

/** With `care` for the round that chooses. Without, only to rank: on few questions a margin would leave nothing to tell teams apart by. */
function tryOut(fit: CrossFit, drafters: readonly string[], verifier: string, target: SearchTarget, care: Care | undefined): Tried {
  const wanted = { keep: 1, reference: target.quality, ...(care ?? { doubt: 0 }) };
  const outcomes = fit.settle(chooseBars(fit.rows, wanted));
  const kept = care === undefined ? outcomes : fit.outcomes(wanted);
  const mean = (sum: number) => sum / outcomes.length;
  return {
    drafters,
    verifier,
    outcomes,
    kept,
    quality: mean(kept.reduce((sum, outcome) => sum + outcome.quality, 0)),
    cost: mean(outcomes.reduce((sum, outcome) => sum + outcome.cost, 0)),
  };
}

/** What the judge decided of the drafts of each row, by the row's id. */
type Decisions = ReadonlyMap<string, readonly boolean[]>;

async function decisions(rows: AsyncIterable<ReplayRow>): Promise<Decisions> {
  const decided = new Map<string, readonly boolean[]>();
  for await (const { id, verdicts } of rows) decided.set(id, verdicts.map((verdict) => verdict.accept));
  return decided;
}

/** Folds depend on the order of rows. */
function sorted(rows: readonly ReplayRow[], place: ReadonlyMap<string, number>): ReplayRow[] {
  return [...rows].sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
}

interface Swap {
  readonly from: string;
  readonly to: string;
  readonly reference: string;
  /** With the new verifier behind the drafts; without, what the judge would decide is not known. */
  readonly decided: Decisions | undefined;
}

/** A row as it would have been with another verifier: drafts and their probabilities are the same. */
function swapVerifier(table: Table, row: PolicyRow, { from, to, reference, decided }: Swap): PolicyRow {
  const before = table.outcome(row.id, from);
  const after = table.outcome(row.id, to);
  const own = decided?.get(row.id);
  const decideAgain = ({ accepted: _, ...station }: Station, index: number): Station => {
    const accepted = own?.[index];
    return accepted === undefined ? station : { ...station, accepted };
  };
  const stations = from === to ? row.stations : row.stations.map(decideAgain);
  const referenceQuality = table.outcome(row.id, reference).quality;
  return { ...row, stations, escalatedCost: row.escalatedCost - before.cost + after.cost, verifierQuality: after.quality, verifierCost: after.cost, referenceQuality };
}
