import { lastUserText, type Trace } from '@cascadeflow/contract';
import { ece, reliability, type ReliabilityBin } from '../metric/ece.ts';
import { auroc } from '../metric/auroc.ts';
import { brier } from '../metric/brier.ts';
import { deferralCurve, type JudgedPair } from '../metric/deferral-curve.ts';
import { acceptance, type PolicyOutcome, qualityKept, saved } from '../metric/outcome.ts';
import { apgr, cpt } from '../metric/performance-gap.ts';
import type { ReplayRow } from '../replay/replay-row.ts';
import { type ReplaySummary, summarise, toOutcome } from '../replay/summarise.ts';

/** A named point of the cost and quality chart. */
export interface PlottedPolicy {
  readonly label: string;
  /** Mean USD per question. */
  readonly cost: number;
  readonly quality: number;
  readonly chosen: boolean;
}

/** What one domain got. */
export interface DomainFigures {
  readonly domain: string;
  readonly rows: number;
  readonly saved: number;
  readonly qualityKept: number;
  readonly acceptance: number;
}

/** A question worth reading. */
export interface Specimen {
  readonly id: string;
  readonly domain: string;
  readonly prompt: string;
  readonly draft: string;
  readonly verifier: string;
  readonly model: string;
  readonly probability: number;
  readonly draftQuality: number;
  readonly verifierQuality: number;
  /** USD that were spent for nothing. */
  readonly wasted: number;
}

/** Everything a report shows. */
export interface ReportData {
  readonly models: readonly string[];
  readonly summary: ReplaySummary;
  readonly figures: Readonly<Record<string, number>>;
  readonly bins: readonly ReliabilityBin[];
  readonly curve: readonly { readonly cost: number; readonly quality: number }[];
  readonly policies: readonly PlottedPolicy[];
  readonly domains: readonly DomainFigures[];
  readonly worstAccepted: readonly Specimen[];
  readonly wastefulEscalations: readonly Specimen[];
}

/** Questions that each of the two lists shows. */
const listLength = 10;

/**
 * Gathers what a report shows from a probe replay (what the judge says of every draft) and the replay of the policy itself, over the same traces.
 */
export function toReportData(traces: readonly Trace[], policy: readonly ReplayRow[], probe: readonly ReplayRow[], models: readonly string[]): ReportData {
  const pairs = toPairs(probe);
  const said = pairs.map((pair) => pair.score);
  const labels = pairs.map((pair) => pair.draftQuality);
  const traceOf = new Map(traces.map((trace) => [trace.runId, trace]));
  const summary = summarise(policy);
  return {
    models,
    summary,
    figures: { auroc: auroc(said, labels), ece: ece(said, labels), brier: brier(said, labels), apgr: apgr(pairs), cpt50: cpt(pairs, 0.5), cpt80: cpt(pairs, 0.8) },
    bins: reliability(said, labels),
    curve: deferralCurve(pairs),
    policies: plotted(pairs, summary, models),
    domains: byDomain(policy),
    ...specimens(policy, traceOf, models.at(-1) ?? ''),
  };
}

/** First drafts with the verifier's answer beside them; questions that lack a label or a cost are left out. */
export function toPairs(probe: readonly ReplayRow[]): JudgedPair[] {
  return probe.flatMap((row) => {
    const [first] = row.verdicts;
    const { verifierQuality, verifierCost } = row;
    if (first?.quality === undefined || first.spent === undefined || verifierQuality === undefined || verifierCost === undefined) return [];
    return [{ score: first.veto === undefined ? first.probability : 0, draftQuality: first.quality, verifierQuality, draftCost: first.spent, verifierCost }];
  });
}

function plotted(pairs: readonly JudgedPair[], summary: ReplaySummary, models: readonly string[]): PlottedPolicy[] {
  const mean = (of: (pair: JudgedPair) => number) => pairs.reduce((sum, pair) => sum + of(pair), 0) / pairs.length;
  const points = summary.rows === 0 ? [] : [{ label: 'cascade', cost: summary.cost / summary.rows, quality: summary.quality, chosen: true }];
  if (pairs.length === 0) return points;
  return [
    ...points,
    { label: models[0] ?? 'draft', cost: mean((pair) => pair.draftCost), quality: mean((pair) => pair.draftQuality), chosen: false },
    { label: models.at(-1) ?? 'verifier', cost: mean((pair) => pair.verifierCost), quality: mean((pair) => pair.verifierQuality), chosen: false },
  ];
}

function byDomain(rows: readonly ReplayRow[]): DomainFigures[] {
  const domains = new Map<string, PolicyOutcome[]>();
  for (const row of rows) {
    const outcome = toOutcome(row);
    if (typeof outcome === 'string') continue;
    domains.set(row.domain, [...(domains.get(row.domain) ?? []), outcome]);
  }
  return [...domains]
    .map(([domain, list]) => ({ domain, rows: list.length, saved: saved(list), qualityKept: qualityKept(list), acceptance: acceptance(list) }))
    .sort((a, b) => b.rows - a.rows);
}

function specimens(rows: readonly ReplayRow[], traceOf: ReadonlyMap<string, Trace>, verifier: string): Pick<ReportData, 'worstAccepted' | 'wastefulEscalations'> {
  const accepted: Specimen[] = [];
  const escalated: Specimen[] = [];
  for (const row of rows) {
    const trace = traceOf.get(row.id);
    const judged = row.accepted ? row.verdicts.findLast((verdict) => verdict.accept) : row.verdicts[0];
    if (trace === undefined || judged?.quality === undefined || row.verifierQuality === undefined) continue;
    const content = (model: string) => trace.answers.find((answer) => answer.model === model)?.content ?? '';
    const specimen = {
      id: row.id,
      domain: row.domain,
      prompt: lastUserText(trace.request?.messages ?? []),
      draft: content(judged.model),
      verifier: content(verifier),
      model: judged.model,
      probability: judged.probability,
      draftQuality: judged.quality,
      verifierQuality: row.verifierQuality,
      wasted: row.accepted ? 0 : (row.verifierCost ?? 0),
    };
    if (row.accepted && specimen.draftQuality < specimen.verifierQuality) accepted.push(specimen);
    if (!row.accepted && specimen.draftQuality >= specimen.verifierQuality && specimen.draftQuality > 0) escalated.push(specimen);
  }
  const loss = (each: Specimen) => each.verifierQuality - each.draftQuality;
  return {
    worstAccepted: accepted.sort((a, b) => loss(b) - loss(a) || b.probability - a.probability).slice(0, listLength),
    wastefulEscalations: escalated.sort((a, b) => b.wasted - a.wasted).slice(0, listLength),
  };
}
