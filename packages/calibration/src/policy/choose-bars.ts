import { type Bars, clampBar, verifierQualities } from './bars.ts';
import type { PolicyRow, Station } from './policy-row.ts';

/** What bars are to reach. */
export interface BarsTarget {
  /** Share of the reference quality that must be kept, 1 for all of it. */
  readonly keep: number;
  /** Quality that `keep` is a share of, per row. Default: the rows' own verifier. */
  readonly reference?: number;
  /** Standard errors of the difference to the reference by which bars that were searched for must pass the target. Default 0. */
  readonly caution?: number;
  /**
   * Lets the judge's own decisions stand where they cost less than what was searched for, unless they miss the target by more than so many standard
   * errors. Nothing was searched for them, so the rows need not prove them. Default: they are not considered.
   */
  readonly doubt?: number;
}

/** Extra care for a draft judged alone, tried in turn; the last never accepts it without an opinion. */
const margins = [0, 0.05, 0.1, 0.2, 2] as const;
/** Half a question gained and half a question lost that the rows did not show: without, bars that changed one answer seem certain. Agresti and Min 2005. */
const unseen = 1;
/** How many values of slack are tried, at equal shares of the rows. */
const slackSteps = 80;
/** Share of the gain or loss of a row that is taken from its probability instead of its label: probabilities waver less. Chosen by hand. */
const smoothness = 0.5;

/**
 * The bars that cost least while quality stays at the target, on these rows. Falls back to bars that accept nothing when none does.
 *
 * One slack for all domains is what escalating where it pays comes to: accept where the verifier is not enough better (Jitkrittum et al. 2023).
 */
export function chooseBars(rows: readonly PolicyRow[], { keep, reference, caution = 0, doubt }: BarsTarget): Bars {
  const verifier = verifierQualities(rows);
  const needed = keep * (reference ?? verifier[''] ?? 1) * rows.length;
  const questions = rows.map((row) => ({ row, base: verifier[row.domain] ?? verifier[''] ?? 1 }));
  const asksOpinions = rows.some((row) => row.stations.some((station) => station.opinions));
  let best: { readonly bars: Bars; readonly cost: number } | undefined;
  for (const margin of asksOpinions ? margins : [0]) {
    for (const slack of slacks(rows, verifier)) {
      const bars = { slack, margin, verifier };
      const { quality, cost, spread } = totals(questions, bars);
      if (quality - caution * spread >= needed && (best === undefined || cost < best.cost)) best = { bars, cost };
    }
  }
  const bars = best?.bars ?? { slack: -2, margin: 0, verifier };
  if (doubt === undefined || !rows.every((row) => row.stations.every((station) => station.accepted !== undefined))) return bars;
  const asJudged = { ...bars, asJudged: true } as const;
  const own = totals(questions, asJudged);
  const cost = best?.cost ?? rows.reduce((sum, row) => sum + row.escalatedCost, 0);
  return own.quality + doubt * own.spread >= needed && own.cost < cost ? asJudged : bars;
}

/** A row with the verifier's quality in its domain. */
interface Question {
  readonly row: PolicyRow;
  readonly base: number;
}

/**
 * Sums over the rows, as `settle` would give them but without an object per row: this runs some hundred times. `spread` is the standard
 * error of the quality gained or lost against the reference, which is the verifier unless the row says otherwise.
 */
function totals(questions: readonly Question[], { slack, margin, asJudged }: Bars): { quality: number; cost: number; spread: number } {
  let quality = 0;
  let cost = 0;
  let squares = 0;
  for (const { row, base } of questions) {
    const reference = row.referenceQuality ?? row.verifierQuality;
    let accepted: Station | undefined;
    for (const station of row.stations) {
      if (station.vetoed || (asJudged === true ? station.accepted !== true : station.probability < clampBar(base - slack + (station.opinions ? 0 : margin)))) continue;
      accepted = station;
      break;
    }
    if (accepted === undefined) {
      cost += row.escalatedCost;
      quality += row.verifierQuality;
      squares += (row.verifierQuality - reference) ** 2;
      continue;
    }
    cost += accepted.spent;
    // Nothing is searched along the judge's own decisions, so their labels need no smoothing.
    quality += accepted.quality + (asJudged === true ? 0 : smoothness * (accepted.probability - accepted.quality));
    squares += (accepted.quality - reference) ** 2;
  }
  return { quality, cost, spread: Math.sqrt(squares + unseen) };
}

function slacks(rows: readonly PolicyRow[], verifier: Readonly<Record<string, number>>): number[] {
  const gaps: number[] = [];
  for (const row of rows) for (const station of row.stations) gaps.push((verifier[row.domain] ?? verifier[''] ?? 1) - station.probability);
  gaps.sort((a, b) => a - b);
  const chosen = new Set<number>([-2]);
  for (let step = 0; step <= slackSteps && gaps.length > 0; step++) chosen.add(gaps[Math.floor((step / slackSteps) * (gaps.length - 1))] ?? 0);
  return [...chosen];
}
