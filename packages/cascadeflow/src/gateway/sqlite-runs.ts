import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { CascadeError } from '@cascadeflow/contract';
import type { RunRecord, RunStore } from '@cascadeflow/gateway';

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
 * Opens or makes the file. Every run is on disk when `add` returns; several processes may write to one file.
 * @throws CascadeError when Node has no SQLite, or the file is no database.
 */
export async function openSqliteRuns(file: string, kept = keptRuns): Promise<SqliteRunStore> {
  const database = await openDatabase(file);
  const insert = database.prepare('INSERT OR REPLACE INTO runs (run_id, ended_at, key, record) VALUES (?, ?, ?, ?)');
  const prune = database.prepare('DELETE FROM runs WHERE rowid <= (SELECT max(rowid) FROM runs) - ?');
  const page = database.prepare('SELECT record FROM runs WHERE ended_at < ? ORDER BY ended_at DESC, rowid DESC LIMIT ?');
  const one = database.prepare('SELECT record FROM runs WHERE run_id = ?');
  let added = 0;
  return {
    add(record) {
      insert.run(record.runId, record.endedAt, record.key ?? null, JSON.stringify(record));
      if (++added % pruneEvery === 0) prune.run(kept);
    },
    list: ({ limit, before = Number.MAX_SAFE_INTEGER }) => page.all(before, limit).map(toRecord),
    get: (runId) => first(one, runId),
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
      CREATE INDEX IF NOT EXISTS runs_by_time ON runs (ended_at);
    `);
    return database;
  } catch (cause) {
    throw new CascadeError('invalid-data', `${file}: ${(cause as Error).message}`, { cause });
  }
}

function first(statement: StatementSync, runId: string): RunRecord | undefined {
  const row = statement.get(runId);
  return row && toRecord(row);
}

function toRecord(row: { readonly [column: string]: unknown }): RunRecord {
  return JSON.parse(row['record'] as string) as RunRecord;
}
