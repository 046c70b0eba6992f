import type { DatabaseSync } from 'node:sqlite';
import { type RunRecord, type RunTotals, tallyFields, type TotalsQuery, toTallies } from '@cascadeflow/gateway';

/** Milliseconds that sums are kept for. Chosen by hand: 400 days. */
const keptMs = 400 * 24 * 3_600_000;

/** Sums of runs in tables of their own, so that what a summary costs grows with the time it is of and not with the runs. */
export interface SqliteTotals {
  /** Adds a run; call it once for each, in the transaction that keeps it. */
  count(record: RunRecord): void;
  read(query: TotalsQuery): RunTotals;
  /** Lets sums go that are older than they are kept for, and labels of runs that are gone. */
  prune(newest: number): void;
}

/** Opens or makes the tables. Time comes first in the key, so that what one run adds to is on few pages. */
export function openTotals(database: DatabaseSync): SqliteTotals {
  database.exec(`
    CREATE TABLE IF NOT EXISTS tallies (slot INTEGER NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL, ${tallyFields.map((field) => `${field} REAL NOT NULL`).join(', ')}, PRIMARY KEY (slot, kind, name)) WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS labels (run_id TEXT PRIMARY KEY, ended_at INTEGER NOT NULL, bar INTEGER, good INTEGER NOT NULL);
    CREATE INDEX IF NOT EXISTS labels_by_time ON labels (ended_at);
  `);
  const sums = tallyFields.map((field) => `sum(${field}) AS ${field}`).join(', ');
  const add = database.prepare(`
    INSERT INTO tallies (kind, slot, name, ${tallyFields.join(', ')}) VALUES (?, ?, ?, ${tallyFields.map(() => '?').join(', ')})
    ON CONFLICT DO UPDATE SET ${tallyFields.map((field) => `${field} = ${field} + excluded.${field}`).join(', ')}
  `);
  const groups = database.prepare(`SELECT kind, name, ${sums} FROM tallies WHERE slot >= ? GROUP BY kind, name`);
  const line = database.prepare(`SELECT slot / CAST(?1 AS INTEGER) * CAST(?1 AS INTEGER) AS at, ${sums} FROM tallies WHERE kind = 'outcome' AND slot >= ?2 GROUP BY 1 ORDER BY 1`);
  const labels = database.prepare('SELECT bar, count(*) AS labelled, sum(good) AS good FROM labels WHERE ended_at >= ? AND bar IS NOT NULL GROUP BY bar');
  const oldSums = database.prepare('DELETE FROM tallies WHERE slot < ?');
  const oldLabels = database.prepare('DELETE FROM labels WHERE ended_at < (SELECT min(ended_at) FROM runs)');
  return {
    count(record) {
      for (const tally of toTallies(record)) add.run(tally.kind, tally.slot, tally.name, ...tallyFields.map((field) => tally[field]));
    },
    read: ({ since, step }) => ({
      tallies: groups.all(since).map((row) => ({ ...row }) as unknown as RunTotals['tallies'][number]),
      line: line.all(step, since).map((row) => ({ ...row }) as unknown as RunTotals['line'][number]),
      labels: labels.all(since).map((row) => ({ ...row }) as unknown as RunTotals['labels'][number]),
    }),
    prune(newest) {
      oldSums.run(newest - keptMs);
      oldLabels.run();
    },
  };
}
