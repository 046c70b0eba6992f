import type { DatabaseSync } from 'node:sqlite';
import { CascadeError } from '@cascadeflow/contract';
import { labelledBar, type RunRecord, type RunStore, slowAmong } from '@cascadeflow/gateway';
import { openTotals } from './sqlite-totals.ts';

/** Runs kept on disk; the oldest go first. Chosen by hand: about 200 MB. */
export const keptRuns = 200_000;

/** How many runs are added between two removals of old ones. */
const pruneEvery = 1000;

/** Milliseconds a writer waits for another process that holds the file. */
const busyMs = 2000;

/** A store of runs in a file of SQLite, with what Node brings. */
export interface SqliteRunStore extends RunStore {
  close(): void;
}

/**
 * Opens or makes the file. Every run is on disk when `add` or `addAll` returns, those of one call in one transaction; several processes may write to one file.
 * @throws CascadeError when Node has no SQLite, or the file is no database.
 */
export async function openSqliteRuns(file: string, kept = keptRuns): Promise<SqliteRunStore> {
  const database = await openDatabase(file);
  const totals = openTotals(database);
  const insert = database.prepare('INSERT INTO runs (run_id, ended_at, key, record) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING');
  const prune = database.prepare('DELETE FROM runs WHERE rowid <= (SELECT max(rowid) FROM runs) - ?');
  const pages = {
    all: database.prepare('SELECT record FROM runs WHERE ended_at < ? ORDER BY ended_at DESC, rowid DESC LIMIT ?'),
    failed: database.prepare(`SELECT record FROM runs WHERE json_extract(record, '$.outcome') = 'failed' AND ended_at < ? ORDER BY ended_at DESC, rowid DESC LIMIT ?`),
    slow: database.prepare(`SELECT record FROM runs WHERE rowid IN (SELECT id FROM (
      SELECT rowid AS id, json_extract(record, '$.latencyMs') AS latency FROM runs WHERE ended_at < ? ORDER BY ended_at DESC LIMIT ${slowAmong}
    ) ORDER BY latency DESC LIMIT ?) ORDER BY json_extract(record, '$.latencyMs') DESC`),
  };
  const one = database.prepare('SELECT record, (SELECT good FROM labels WHERE labels.run_id = runs.run_id) AS good FROM runs WHERE run_id = ?');
  const label = database.prepare('INSERT INTO labels (run_id, ended_at, bar, good) VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET good = excluded.good');
  let added = 0;

  const get = (runId: string): RunRecord | undefined => {
    const row = one.get(runId);
    return row && { ...toRecord(row), ...(row['good'] !== null && { good: row['good'] === 1 }) };
  };
  const addAll = (records: readonly RunRecord[]): void => {
    inTransaction(database, () => {
      for (const record of records) {
        const { changes } = insert.run(record.runId, record.endedAt, record.key ?? null, JSON.stringify(record));
        if (Number(changes) > 0) totals.count(record);
      }
    });
    const newest = records.at(-1);
    const before = added;
    added += records.length;
    if (newest === undefined || Math.floor(before / pruneEvery) === Math.floor(added / pruneEvery)) return;
    prune.run(kept);
    totals.prune(newest.endedAt);
  };
  return {
    add: (record) => addAll([record]),
    addAll,
    list: ({ limit, before = Number.MAX_SAFE_INTEGER, show = 'all' }) => pages[show].all(before, limit).map(toRecord),
    get,
    label(runId, good) {
      const run = get(runId);
      if (run) label.run(runId, run.endedAt, labelledBar(run) ?? null, Number(good));
      return run !== undefined;
    },
    totals: totals.read,
    close: () => database.close(),
  };
}

async function openDatabase(file: string): Promise<DatabaseSync> {
  const sqlite = await import('node:sqlite').catch((cause: unknown) => {
    throw new CascadeError('missing-package', 'runsFile needs a Node that has node:sqlite, 22.13 or later', { cause });
  });
  try {
    const database = new sqlite.DatabaseSync(file);
    database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = NORMAL;
      PRAGMA busy_timeout = ${busyMs};
      CREATE TABLE IF NOT EXISTS runs (run_id TEXT PRIMARY KEY, ended_at INTEGER NOT NULL, key TEXT, record TEXT NOT NULL);
      CREATE INDEX IF NOT EXISTS runs_by_time ON runs (ended_at, json_extract(record, '$.latencyMs'));
      CREATE INDEX IF NOT EXISTS failed_runs ON runs (ended_at) WHERE json_extract(record, '$.outcome') = 'failed';
    `);
    return database;
  } catch (cause) {
    throw new CascadeError('invalid-data', `${file}: ${(cause as Error).message}`, { cause });
  }
}

/** Takes the file for writing at once: a reader that turns writer could not wait for another process. */
function inTransaction(database: DatabaseSync, work: () => void): void {
  database.exec('BEGIN IMMEDIATE');
  try {
    work();
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

function toRecord(row: { readonly [column: string]: unknown }): RunRecord {
  return JSON.parse(row['record'] as string) as RunRecord;
}
