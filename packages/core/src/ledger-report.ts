import type { Usage } from '@cascadeflow/contract';
import type { LedgerBook, LedgerEntry, LedgerRole } from './ledger-book.ts';
import { addUsage, fromPico } from './money.ts';

/** Calls added up. */
export interface LedgerSum {
  readonly calls: number;
  /** Calls whose cost is unknown. */
  readonly unpriced: number;
  /** Calls whose cost rests on estimated tokens. */
  readonly estimated: number;
  readonly usage: Usage;
  /** Known costs in whole 1e-12 USD, exact at any size. */
  readonly pico: bigint;
  /** The same in USD; `undefined` when a call in it has no known cost. */
  readonly cost: number | undefined;
}

/** What cascading has saved, after everything it cost: drafts turned down, judges, retries, wasted calls, failed runs. */
export interface LedgerSavings {
  /** Runs compared. */
  readonly runs: number;
  /** Runs left out because their cost or what the last tier would have cost is unknown. */
  readonly unknown: number;
  /** Runs compared whose cost, or what the last tier would have cost, rests on an estimate. */
  readonly estimated: number;
  /** USD. */
  readonly baseline: number;
  /** USD. */
  readonly spent: number;
  /** `baseline - spent` in USD; negative when the cascade cost more. */
  readonly net: number;
  /** `net` in percent of `baseline`; `undefined` when that is 0. */
  readonly percent: number | undefined;
}

/** Sums by model, role and payer. Each of `byModel` and `byRole` adds up to `total` exactly; runs without a session, user or tag are not in those maps. */
export interface LedgerReport {
  readonly total: LedgerSum;
  /** By `provider/model`. */
  readonly byModel: ReadonlyMap<string, LedgerSum>;
  readonly byRole: ReadonlyMap<LedgerRole, LedgerSum>;
  readonly bySession: ReadonlyMap<string, LedgerSum>;
  readonly byUser: ReadonlyMap<string, LedgerSum>;
  /** By `key=value` of the metadata. A run with several tags counts in each. */
  readonly byTag: ReadonlyMap<string, LedgerSum>;
  readonly savings: LedgerSavings;
}

/** Adds a book up. Pure. */
export function reportLedger(book: Pick<LedgerBook, 'entries' | 'runs'>): LedgerReport {
  const { entries } = book;
  return {
    total: sumOf(entries),
    byModel: sumBy(entries, (entry) => [`${entry.provider}/${entry.model}`]),
    byRole: sumBy(entries, (entry) => [entry.role]),
    bySession: sumBy(entries, (entry) => (entry.sessionId === undefined ? [] : [entry.sessionId])),
    byUser: sumBy(entries, (entry) => (entry.user === undefined ? [] : [entry.user])),
    byTag: sumBy(entries, (entry) => entry.tags),
    savings: savingsOf(book),
  };
}

function sumBy<Key>(entries: readonly LedgerEntry[], keysOf: (entry: LedgerEntry) => readonly Key[]): Map<Key, LedgerSum> {
  const groups = new Map<Key, LedgerEntry[]>();
  for (const entry of entries) {
    for (const key of keysOf(entry)) {
      const group = groups.get(key);
      if (group) group.push(entry);
      else groups.set(key, [entry]);
    }
  }
  return new Map([...groups].map(([key, group]) => [key, sumOf(group)]));
}

function sumOf(entries: readonly LedgerEntry[]): LedgerSum {
  let pico = 0n;
  let unpriced = 0;
  let estimated = 0;
  let usage: Usage = {};
  for (const entry of entries) {
    if (entry.cost === undefined) unpriced++;
    else pico += BigInt(entry.cost);
    if (entry.estimated) estimated++;
    if (entry.usage) usage = addUsage(usage, entry.usage);
  }
  return { calls: entries.length, unpriced, estimated, usage, pico, cost: unpriced > 0 ? undefined : fromPico(Number(pico)) };
}

function savingsOf({ entries, runs }: Pick<LedgerBook, 'entries' | 'runs'>): LedgerSavings {
  const byRun = sumBy(entries, (entry) => [entry.runId]);
  let compared = 0;
  let unknown = 0;
  let estimated = 0;
  let baseline = 0n;
  let spent = 0n;
  for (const run of runs) {
    if (run.outcome === 'open') continue;
    const sum = byRun.get(run.runId);
    if (run.baseline === undefined || (sum && sum.unpriced > 0)) {
      unknown++;
      continue;
    }
    compared++;
    baseline += BigInt(run.baseline);
    spent += sum?.pico ?? 0n;
    if (run.baselineEstimated || (sum && sum.estimated > 0)) estimated++;
  }
  const net = baseline - spent;
  return {
    runs: compared,
    unknown,
    estimated,
    baseline: fromPico(Number(baseline)),
    spent: fromPico(Number(spent)),
    net: fromPico(Number(net)),
    percent: baseline === 0n ? undefined : (100 * Number(net)) / Number(baseline),
  };
}
