import type { RunRecord } from './run-record.ts';
import { type RunQuery, type RunStore, type RunTotals, slowAmong, type TotalsQuery } from './run-store.ts';
import { addTo, labelledBar, type Tally, type TallyCounts, toTallies } from './tally.ts';

/** Runs kept in memory unless told otherwise. Chosen by hand: some megabytes. */
export const rememberedRuns = 2000;

/** Milliseconds that sums are kept for: a little more than the month that is shown. */
const keptMs = 32 * 24 * 3_600_000;

/** The latest runs in memory, and the sums of a month. */
export function createMemoryRunStore(capacity = rememberedRuns): RunStore {
  const runs = new Map<string, RunRecord>();
  const sums = new Map<string, Tally>();
  let newest = 0;
  const count = (tally: Tally) => {
    const { slot, kind, name } = tally;
    const key = `${slot} ${kind} ${name}`;
    const known = sums.get(key);
    if (known) return addTo(known, tally);
    sums.set(key, tally);
    if (slot <= newest) return;
    newest = slot;
    for (const [old, { slot: at }] of sums) if (at < newest - keptMs) sums.delete(old);
  };
  return {
    add(record) {
      if (runs.has(record.runId)) return;
      runs.set(record.runId, record);
      for (const tally of toTallies(record)) count(tally);
      const oldest = runs.keys().next().value;
      if (runs.size > capacity && oldest !== undefined) runs.delete(oldest);
    },
    list: (query) => choose([...runs.values()].reverse(), query),
    get: (runId) => runs.get(runId),
    label(runId, good) {
      const run = runs.get(runId);
      if (run) runs.set(runId, { ...run, good });
      return run !== undefined;
    },
    totals: (query) => addUp(sums.values(), runs.values(), query),
  };
}

function choose(newestFirst: readonly RunRecord[], { limit, before = Infinity, show }: RunQuery): RunRecord[] {
  const older = newestFirst.filter((run) => run.endedAt < before && (show !== 'failed' || run.outcome === 'failed'));
  return (show === 'slow' ? older.slice(0, slowAmong).sort((a, b) => b.latencyMs - a.latencyMs) : older).slice(0, limit);
}

function addUp(sums: Iterable<Tally>, runs: Iterable<RunRecord>, { since, step }: TotalsQuery): RunTotals {
  const tallies = new Map<string, Omit<Tally, 'slot'>>();
  const line = new Map<number, TallyCounts & { readonly at: number }>();
  for (const { slot, ...tally } of sums) {
    if (slot < since) continue;
    const key = `${tally.kind} ${tally.name}`;
    const known = tallies.get(key);
    if (known) addTo(known, tally);
    else tallies.set(key, tally);
    if (tally.kind !== 'outcome') continue;
    const at = Math.floor(slot / step) * step;
    const { kind: _kind, name: _name, ...counts } = tally;
    const point = line.get(at);
    if (point) addTo(point, counts);
    else line.set(at, { at, ...counts });
  }
  const labels = new Map<number, { bar: number; labelled: number; good: number }>();
  for (const run of runs) {
    const bar = run.good === undefined || run.endedAt < since ? undefined : labelledBar(run);
    if (bar === undefined) continue;
    const { labelled, good } = labels.get(bar) ?? { labelled: 0, good: 0 };
    labels.set(bar, { bar, labelled: labelled + 1, good: good + Number(run.good) });
  }
  return { tallies: [...tallies.values()], line: [...line.values()].sort((a, b) => a.at - b.at), labels: [...labels.values()] };
}
