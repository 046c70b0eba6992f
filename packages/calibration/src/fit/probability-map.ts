import { InvalidOptionsError, mapProbability, type ProbabilityMap, type SignalWeight, type Verdict } from '@cascadeflow/contract';
import { groupedFolds } from './folds.ts';
import { fitIsotonic } from './isotonic.ts';
import { fitLogistic, logit } from './logistic.ts';

/** One judged draft and how good it was. */
export interface JudgedDraft {
  readonly verdict: Pick<Verdict, 'probability' | 'signals' | 'agreement'>;
  /** 0 to 1. */
  readonly quality: number;
  readonly domain?: string;
  /** Drafts of one question have the same. */
  readonly group: string;
}

/** How {@link fitProbabilityMap} goes about it. */
export interface ProbabilityMapOptions {
  /** Of the folds. Default 1. */
  readonly seed?: number;
  /** Fits the judge's log-odds alone, without looking at signals: about a hundred times faster. Default false. */
  readonly quick?: boolean;
}

/** Pulls that are tried, in rows; the first leaves signals and domains out. Chosen by hand: each is about three times the next. */
const pulls = [Number.POSITIVE_INFINITY, 300, 100, 30, 10] as const;
/** A signal enters when at least this share of rows has it. */
const minPresence = 0.05;
/** A domain gets its own offset from this many rows on. */
const minDomainRows = 20;
/** Signals that enter at most: those that go most with what the judge got wrong. Chosen by hand. */
const maxSignals = 12;
/** A domain's offset is held back no more than this, in rows: whole domains do differ. */
const maxDomainPull = 30;
/** Isotonic steps are tried from this many rows on; below, they follow noise (Niculescu-Mizil and Caruana 2005). */
const minIsotonicRows = 1000;

/**
 * Fits how a judge's probability is to be corrected on this traffic: log-odds of the judge, each signal and each domain, with the pull towards
 * the judge's own word chosen by cross-validated log loss. Little data changes little.
 *
 * @throws {InvalidOptionsError} for no rows.
 */
export function fitProbabilityMap(rows: readonly JudgedDraft[], { seed = 1, quick = false }: ProbabilityMapOptions = {}): ProbabilityMap {
  if (rows.length === 0) throw new InvalidOptionsError('rows', 'needs judged drafts with labels to fit a map');
  if (quick) return fitWith(designOf(rows, false), Number.POSITIVE_INFINITY);
  const questions = new Set(rows.map((row) => row.group)).size;
  if (questions < 2 * foldCount) return fitWith(designOf(rows, false), Number.POSITIVE_INFINITY);
  const tryKnots = rows.length >= minIsotonicRows;
  const losses = pulls.map(() => ({ straight: 0, bent: 0 }));
  for (const { train, test } of groupedFolds(rows, (row) => row.group, foldCount, seed)) {
    const designs = [designOf(train, false), designOf(train, true)] as const;
    for (const [index, pull] of pulls.entries()) {
      const map = fitWith(designs[Number.isFinite(pull) ? 1 : 0], pull);
      const loss = losses[index] ?? { straight: 0, bent: 0 };
      loss.straight += logLoss(map, test);
      if (tryKnots) loss.bent += logLoss(withKnots(map, train), test);
    }
  }
  let best = { pull: Number.POSITIVE_INFINITY as number, isotonic: false, loss: Number.POSITIVE_INFINITY };
  for (const [index, pull] of pulls.entries()) {
    const { straight, bent } = losses[index] ?? { straight: 0, bent: 0 };
    if (straight < best.loss) best = { pull, isotonic: false, loss: straight };
    if (tryKnots && bent < best.loss) best = { pull, isotonic: true, loss: bent };
  }
  const map = fitWith(designOf(rows, Number.isFinite(best.pull)), best.pull);
  return best.isotonic ? withKnots(map, rows) : map;
}

const foldCount = 5;

function logLoss(map: ProbabilityMap, rows: readonly JudgedDraft[]): number {
  let loss = 0;
  for (const { verdict, quality, domain } of rows) {
    const p = Math.min(0.999, Math.max(0.001, mapProbability(map, verdict, domain)));
    loss -= quality * Math.log(p) + (1 - quality) * Math.log(1 - p);
  }
  return loss;
}

function withKnots(map: ProbabilityMap, rows: readonly JudgedDraft[]): ProbabilityMap {
  const said = rows.map((row) => mapProbability(map, row.verdict, row.domain));
  return { ...map, knots: fitIsotonic(said, rows.map((row) => row.quality)) };
}

/** Rows as the regression sees them; the same for every pull. */
interface Design {
  readonly signals: readonly SignalWeight[];
  readonly domains: readonly string[];
  readonly features: readonly (readonly number[])[];
  readonly labels: readonly number[];
}

function designOf(rows: readonly JudgedDraft[], withSignals: boolean): Design {
  const signals = withSignals ? signalScales(rows) : [];
  const domains = withSignals ? commonDomains(rows) : [];
  const features = rows.map(({ verdict, domain }) => [
    1,
    logit(verdict.probability),
    ...signals.map((signal) => scaled(signal, verdict)),
    ...domains.map((name) => (name === domain ? 1 : 0)),
  ]);
  return { signals, domains, features, labels: rows.map((row) => row.quality) };
}

function fitWith({ signals, domains, features, labels }: Design, pull: number): ProbabilityMap {
  const strength = [1, 1, ...signals.map(() => pull), ...domains.map(() => Math.min(pull, maxDomainPull))];
  let coefficients = fitLogistic({ features, labels }, { strength, prior: [0, 1] });
  // A falling slope means that the judge knows nothing here; its word is then left out rather than turned round.
  if ((coefficients[1] ?? 0) < 0) coefficients = [coefficients[0] ?? 0, 0, ...coefficients.slice(2)];
  const [intercept = 0, slope = 1] = coefficients;
  return {
    intercept,
    slope,
    signals: signals.map((signal, index) => ({ ...signal, weight: coefficients[index + 2] ?? 0 })),
    ...(domains.length > 0 && { domains: Object.fromEntries(domains.map((name, index) => [name, coefficients[index + 2 + signals.length] ?? 0])) }),
    rows: features.length,
  };
}

function valueOf(name: string, verdict: JudgedDraft['verdict']): number | undefined {
  const value = name === 'agreement' ? verdict.agreement : verdict.signals.find((signal) => signal.name === name)?.value;
  return value === undefined || Number.isNaN(value) ? undefined : value;
}

/** The feature that {@link mapProbability} will see: at most four scales from the mean. */
function scaled({ name, mean, scale }: SignalWeight, verdict: JudgedDraft['verdict']): number {
  const value = valueOf(name, verdict);
  return value === undefined ? 0 : Math.max(-4, Math.min(4, (value - mean) / scale));
}

/** The signals that go most with the judge's errors, with their scales. */
function signalScales(rows: readonly JudgedDraft[]): SignalWeight[] {
  const errors = rows.map((row) => row.quality - row.verdict.probability);
  const values = new Map<string, { readonly value: number; readonly error: number }[]>();
  for (const [index, { verdict }] of rows.entries()) {
    const add = (name: string, value: number | undefined) => {
      if (value === undefined || !Number.isFinite(value)) return;
      const list = values.get(name);
      const entry = { value, error: errors[index] ?? 0 };
      if (list === undefined) values.set(name, [entry]);
      else list.push(entry);
    };
    for (const { name, value } of verdict.signals) if (name !== 'agreement') add(name, value);
    add('agreement', verdict.agreement);
  }
  const scales: (SignalWeight & { readonly pull: number })[] = [];
  for (const [name, list] of values) {
    if (list.length < minPresence * rows.length) continue;
    const mean = list.reduce((sum, { value }) => sum + value, 0) / list.length;
    const scale = Math.sqrt(list.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / list.length);
    if (!(scale > 1e-9)) continue;
    const meanError = list.reduce((sum, { error }) => sum + error, 0) / list.length;
    const pull = Math.abs(list.reduce((sum, { value, error }) => sum + ((value - mean) / scale) * (error - meanError), 0)) / Math.sqrt(list.length);
    scales.push({ name, mean, scale, weight: 0, pull });
  }
  scales.sort((a, b) => b.pull - a.pull || (a.name < b.name ? -1 : 1));
  return scales.slice(0, maxSignals).map(({ pull: _, ...signal }) => signal);
}

function commonDomains(rows: readonly JudgedDraft[]): string[] {
  const counts = new Map<string, number>();
  for (const { domain } of rows) if (domain !== undefined) counts.set(domain, (counts.get(domain) ?? 0) + 1);
  const common = [...counts].filter(([, count]) => count >= minDomainRows).map(([name]) => name);
  return common.length > 1 ? common.sort() : [];
}
