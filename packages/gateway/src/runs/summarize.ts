import type { RunRecord } from './run-record.ts';

/** Bars of the histogram of probabilities. */
const bars = 20;

/** Runs, money and acceptance of one model, domain or key. */
export interface RunGroup {
  readonly name: string;
  readonly runs: number;
  readonly accepted: number;
  readonly cost: number;
  readonly saved: number;
}

/** Finished runs added up. Money in USD; runs without a known cost are in no sum of money. */
export interface RunSummary {
  readonly runs: number;
  readonly outcomes: { readonly [outcome: string]: number };
  readonly cost: number;
  readonly saved: number;
  readonly baseline: number;
  readonly byModel: readonly RunGroup[];
  readonly byDomain: readonly RunGroup[];
  readonly byKey: readonly RunGroup[];
  /** Probabilities of first drafts in twenty bars from 0 to 1: how many, and how many of them were accepted. */
  readonly probabilities: readonly { readonly from: number; readonly runs: number; readonly accepted: number }[];
  /** Savings over time, oldest first: cumulative within the runs summed. */
  readonly savings: readonly { readonly at: number; readonly cost: number; readonly saved: number }[];
}

/** Most points of the line of savings. */
const mostPoints = 200;

/** Adds runs up; they may come in any order. */
export function summarizeRuns(records: readonly RunRecord[]): RunSummary {
  const ordered = [...records].sort((a, b) => a.endedAt - b.endedAt);
  const outcomes: { [outcome: string]: number } = {};
  const probabilities = Array.from({ length: bars }, (_, index) => ({ from: index / bars, runs: 0, accepted: 0 }));
  let [cost, saved, baseline] = [0, 0, 0];
  const line = ordered.map((run) => {
    outcomes[run.outcome] = (outcomes[run.outcome] ?? 0) + 1;
    const bar = run.probability === undefined ? undefined : probabilities[Math.min(bars - 1, Math.floor(run.probability * bars))];
    if (bar) {
      bar.runs++;
      if (run.outcome === 'accepted') bar.accepted++;
    }
    cost += run.cost ?? 0;
    saved += run.saved ?? 0;
    baseline += run.baseline ?? 0;
    return { at: run.endedAt, cost, saved };
  });
  const step = Math.max(1, Math.ceil(line.length / mostPoints));
  return {
    runs: ordered.length, outcomes, cost, saved, baseline, probabilities,
    byModel: groupBy(ordered, (run) => run.model),
    byDomain: groupBy(ordered, (run) => run.domain),
    byKey: groupBy(ordered, (run) => run.key),
    savings: line.filter((_, index) => (line.length - 1 - index) % step === 0),
  };
}

function groupBy(records: readonly RunRecord[], nameOf: (run: RunRecord) => string | undefined): RunGroup[] {
  const groups = new Map<string, { runs: number; accepted: number; cost: number; saved: number }>();
  for (const run of records) {
    const name = nameOf(run);
    if (name === undefined) continue;
    const group = groups.get(name) ?? { runs: 0, accepted: 0, cost: 0, saved: 0 };
    groups.set(name, group);
    group.runs++;
    if (run.outcome === 'accepted') group.accepted++;
    group.cost += run.cost ?? 0;
    group.saved += run.saved ?? 0;
  }
  return [...groups].map(([name, group]) => ({ name, ...group })).sort((a, b) => b.runs - a.runs);
}
