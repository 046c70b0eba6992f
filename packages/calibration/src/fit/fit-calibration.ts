import {
  type AcceptChance,
  acceptChanceFor,
  type CalibratedThreshold,
  type Calibration,
  calibrationVersion,
  type Domain,
  InvalidOptionsError,
  type ModelPrior,
  type QualityLevel,
  type Trace,
} from '@cascadeflow/contract';
import { barFor, type Bars, closedBar, settle } from '../policy/bars.ts';
import { chooseBars } from '../policy/choose-bars.ts';
import type { PolicyRow } from '../policy/policy-row.ts';
import type { ReplayRow } from '../replay/replay-row.ts';
import { crossFit, type CrossFitOptions } from './cross-fit.ts';
import { describeData } from './describe-data.ts';
import { fitMaps } from './fit-maps.ts';
import { heldOutMetrics } from './held-out-metrics.ts';

/** Share of the verifier's quality that each level is fitted to keep. Chosen by hand: strict loses nothing, economy three in a hundred. */
export const levelTargets: Readonly<Record<QualityLevel, number>> = { economy: 0.97, balanced: 0.99, strict: 1 };

/** How a calibration is fitted. */
export interface FitOptions extends CrossFitOptions {
  /** Shares of the verifier's quality to keep, by level. Default {@link levelTargets}. */
  readonly keep?: Readonly<Partial<Record<QualityLevel, number>>>;
  /** Mean quality that `keep` is a share of. Default: that of the verifier on the rows. */
  readonly reference?: number;
  /** Names as recorded, cheapest first, the verifier last. */
  readonly models: readonly string[];
  /** Standard errors of the quality difference by which a level's share must be passed on the rows. Default {@link fitCaution}. */
  readonly caution?: number;
  /** Standard errors by which the judge's own decisions may miss the share at `balanced` and still stand; below 0 they must pass it by as many. Default {@link fitDoubt}. */
  readonly doubt?: number;
  /** Written into the file; default now. */
  readonly createdAt?: Date;
}

/** Thresholds are the best of many on these rows, and look better on them than on others; this much is held back for it. See decision 0170. */
export const fitCaution = 2;

/** Standard errors by which the judge's own decisions may miss a level's share before they are given up: a one-sided test at 5% then speaks against them. See decision 0170. */
export const fitDoubt = 1.64;

/** Rows below which nothing is fitted: five folds of ten questions. */
export const minFitRows = 50;

/**
 * Fits a calibration on probe rows: a map for each drafter's probabilities, thresholds by level and domain, model priors, chances of acceptance,
 * and what traffic is expected to look like. The metrics in it are of rows held out.
 *
 * @throws {InvalidOptionsError} when fewer than 50 rows have labels and costs.
 */
export async function fitCalibration(rows: readonly ReplayRow[], traces: readonly Trace[], options: FitOptions): Promise<Calibration> {
  const held = crossFitOrThrow(rows, options);
  const keep = { ...levelTargets, ...options.keep };
  const reference = options.reference === undefined ? {} : { reference: options.reference };
  // The rows hold what the judge decided at one level; at the others its own bars are not known.
  const targetOf = (level: QualityLevel) => ({ keep: keep[level], caution: options.caution ?? fitCaution, ...(level === 'balanced' && { doubt: options.doubt ?? fitDoubt }), ...reference });
  const bars = Object.fromEntries(levels.map((level) => [level, chooseBars(held.rows, targetOf(level))])) as Record<QualityLevel, Bars>;
  const balanced = bars.balanced;
  const acceptChances = chancesOf(held.rows, balanced);
  const directBelow = directBelowOf(held.rows);
  // Where drafts do not pay the verifier is asked at once, and nothing is spent on a draft.
  const routed = held.map((row) => (goesDirect(row, acceptChances, directBelow) ? { ...row, stations: [], escalatedCost: row.verifierCost } : row));
  const settled = routed.settle(balanced);
  return {
    version: calibrationVersion,
    createdAt: (options.createdAt ?? new Date()).toISOString(),
    data: await describeData(held.rows.length, traces, options.models),
    maps: fitMaps(rows, options),
    thresholds: levels.flatMap((level) => (bars[level].asJudged ? [] : thresholdsOf(level, bars[level]))),
    ...(balanced.asJudged && { asJudged: ['balanced'] }),
    priors: priorsOf(rows, traces),
    acceptChances,
    directBelow,
    expected: {
      acceptance: settled.filter((outcome) => outcome.accepted).length / settled.length,
      histogram: histogramOf(held.rows),
      rows: settled.length,
    },
    metrics: heldOutMetrics(rows, held, { kept: routed.outcomes(targetOf('balanced')), spent: settled }),
  };
}

const levels = ['economy', 'balanced', 'strict'] as const;

function crossFitOrThrow(rows: readonly ReplayRow[], options: FitOptions) {
  const labelled = rows.filter((row) => row.verifierQuality !== undefined && row.verifierCost !== undefined && row.unrecorded.length === 0).length;
  if (labelled >= minFitRows) return crossFit(rows, options);
  throw new InvalidOptionsError('rows', `fitting needs at least ${minFitRows} questions with labels, costs and every model's answer; there are ${labelled}`);
}

function thresholdsOf(level: QualityLevel, bars: Bars): CalibratedThreshold[] {
  const domains = Object.keys(bars.verifier);
  return domains.flatMap((domain) =>
    [false, true].map((opinions) => ({
      level,
      opinions,
      ...(domain !== '' && { domain: domain as Domain }),
      value: barFor(bars, domain, opinions),
    })),
  );
}

/** Rows at the mean of all that a smaller group starts from. */
const smoothing = 20;

function priorsOf(rows: readonly ReplayRow[], traces: readonly Trace[]): ModelPrior[] {
  const domainOf = new Map(rows.map((row) => [row.id, row.domain]));
  const sums = new Map<string, { model: string; domain?: string; sum: number; n: number }>();
  const add = (model: string, domain: string | undefined, score: number) => {
    const key = JSON.stringify([model, domain]);
    const entry = sums.get(key) ?? { model, ...(domain !== undefined && { domain }), sum: 0, n: 0 };
    sums.set(key, { ...entry, sum: entry.sum + score, n: entry.n + 1 });
  };
  for (const trace of traces) {
    for (const { model, label } of trace.answers) {
      if (label === undefined) continue;
      add(model, undefined, label.score);
      add(model, domainOf.get(trace.runId), label.score);
    }
  }
  return [...sums.values()]
    .filter(({ domain, n }) => domain === undefined || n >= smoothing)
    .map(({ model, domain, sum, n }) => ({ model, ...(domain !== undefined && { domain: domain as Domain }), quality: sum / n, rows: n }));
}

function chancesOf(rows: readonly PolicyRow[], bars: Bars): AcceptChance[] {
  const drafted = rows.filter((row) => row.stations.length > 0);
  if (drafted.length === 0) return [];
  const accepted = (list: readonly PolicyRow[]) => list.filter((row) => settle(row, bars).accepted).length;
  const overall = accepted(drafted) / drafted.length;
  const chances: AcceptChance[] = [{ chance: overall, rows: drafted.length }];
  const groups: [object, PolicyRow[]][] = [];
  for (const domain of new Set(drafted.map((row) => row.domain))) {
    const inDomain = drafted.filter((row) => row.domain === domain);
    groups.push([{ domain }, inDomain]);
    for (const complexity of new Set(inDomain.map((row) => row.complexity))) {
      groups.push([{ domain, complexity }, inDomain.filter((row) => row.complexity === complexity)]);
    }
  }
  for (const [names, list] of groups) {
    if (list.length < smoothing) continue;
    chances.push({ ...names, chance: (accepted(list) + smoothing * overall) / (list.length + smoothing), rows: list.length });
  }
  return chances;
}

function goesDirect({ domain, complexity }: PolicyRow, acceptChances: readonly AcceptChance[], directBelow: number): boolean {
  const chance = acceptChanceFor({ acceptChances }, { domain: { label: domain }, complexity: { label: complexity } });
  return chance !== undefined && chance < directBelow;
}

/** A draft pays when it is accepted more often than its share of the verifier's price. */
function directBelowOf(rows: readonly PolicyRow[]): number {
  let drafts = 0;
  let verifier = 0;
  for (const row of rows) {
    if (row.stations.length === 0) continue;
    drafts += row.escalatedCost - row.verifierCost;
    verifier += row.verifierCost;
  }
  return verifier === 0 ? 0 : Math.min(1, Math.max(0, drafts / verifier));
}

/** Share of first verdicts in each tenth. */
function histogramOf(rows: readonly PolicyRow[]): number[] {
  const counts = new Array<number>(10).fill(0);
  let all = 0;
  for (const { stations } of rows) {
    const first = stations[0];
    if (first === undefined || first.vetoed) continue;
    const tenth = Math.min(9, Math.floor(Math.min(closedBar, first.probability) * 10));
    counts[tenth] = (counts[tenth] ?? 0) + 1;
    all++;
  }
  return counts.map((count) => (all === 0 ? 0 : count / all));
}
