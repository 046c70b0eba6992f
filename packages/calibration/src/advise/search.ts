import { crossFit, type HeldOut } from '../fit/cross-fit.ts';
import { fitCaution } from '../fit/fit-calibration.ts';
import { chooseBars } from '../policy/choose-bars.ts';
import type { ProbabilityMapOptions } from '../fit/probability-map.ts';
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
/** Share of the teams that goes on to the next round, and how many at least. */
const survivors = { share: 1 / 3, least: 6 } as const;
/** What a point of missing quality counts for, as a multiple of the reference's cost. */
const shortfallWeight = 5;

type Engine = Omit<ReplayConfig, 'models' | 'probe' | 'calibration'>;

/**
 * Successive halving over teams of drafters: all on a few questions, the better third on more, the rest on all. Every figure is of rows that the
 * thresholds did not see. Jamieson and Talwalkar, "Non-stochastic best arm identification and hyperparameter optimization", 2016.
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
  let field = everyTeam.map((drafters) => ({ drafters, rows: [] as ReplayRow[] }));
  let tried: Tried[] = [];
  for (const [round, size] of sizes.entries()) {
    tried = [];
    for (const [index, team] of field.entries()) {
      onProgress?.({ round: round + 1, rounds: sizes.length, teams: field.length, done: index, rows: size });
      // The verifier's part is added afterwards, so one probe serves every verifier.
      const fresh = order.slice(team.rows.length, size);
      for await (const row of replay(fresh, { ...engine, models: [...team.drafters, verifiers.at(-1) ?? ''], probe: true })) team.rows.push(row);
      for (const verifier of verifiers) tried.push(tryOut(table, team.drafters, verifier, verifiers.at(-1) ?? '', team.rows, target, { seed, quick: round < sizes.length - 1 }));
    }
    tried.sort((a, b) => score(a, target) - score(b, target));
    const keep = Math.max(survivors.least, Math.ceil(field.length * survivors.share));
    const best = [...new Set(tried.map((each) => each.drafters))].slice(0, keep);
    field = field.filter((team) => best.includes(team.drafters));
  }
  return tried;
}

function score({ quality, cost }: Tried, target: SearchTarget): number {
  return cost / target.referenceCost + shortfallWeight * Math.max(0, target.quality - quality);
}

function tryOut(
  table: Table,
  drafters: readonly string[],
  verifier: string,
  probed: string,
  rows: readonly ReplayRow[],
  target: SearchTarget,
  options: ProbabilityMapOptions,
): Tried {
  const fit = crossFit(rows.map((row) => swapVerifier(table, row, probed, verifier)), options);
  const wanted = { keep: 1, reference: target.quality, caution: fitCaution };
  const outcomes = fit.settle(chooseBars(fit.rows, wanted));
  // Early rounds only rank; the last one must not flatter.
  const kept = options.quick === true ? outcomes : fit.outcomes(wanted);
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

/** A probe row as it would have been with another verifier: the verdicts before it are the same. */
export function swapVerifier(table: Table, row: ReplayRow, from: string, to: string): ReplayRow {
  if (from === to || row.cost === undefined) return row;
  const before = table.outcome(row.id, from);
  const after = table.outcome(row.id, to);
  return { ...row, cost: row.cost - before.cost + after.cost, verifierQuality: after.quality, verifierCost: after.cost };
}
