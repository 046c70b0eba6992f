import { labelledBar, type RunRecord, type RunStore, slowAmong } from '@cascadeflow/gateway';
import { openTables, type PostgresClient, underLock } from './client.ts';
import { addRuns, addRunsValues, readTotals, totalsTables } from './run-totals.ts';

/** Where runs are kept. */
export interface PostgresRunStoreOptions {
  readonly client: PostgresClient;
  /** Schema of the tables; made when it is not there. Default `cascadeflow`. */
  readonly schema?: string;
}

/** What a key, or everybody, has spent. */
export interface PostgresSpend {
  readonly runs: number;
  /** USD, added up by the server as decimals. */
  readonly cost: number;
}

/** A store of runs with the sums that a bill is made of. */
export interface PostgresRunStore extends RunStore {
  /** What was spent since a time (milliseconds since 1970), by key; runs without a key are under the empty text. */
  spendByKey(since: number): Promise<ReadonlyMap<string, PostgresSpend>>;
}

const tables = (schema: string) =>
  underLock(`
    CREATE SCHEMA IF NOT EXISTS ${schema};
    CREATE TABLE IF NOT EXISTS ${schema}.runs (run_id text PRIMARY KEY, ended_at bigint NOT NULL, key text NOT NULL DEFAULT '', cost numeric, record jsonb NOT NULL);
    CREATE INDEX IF NOT EXISTS runs_by_time ON ${schema}.runs (ended_at DESC);
    CREATE INDEX IF NOT EXISTS failed_runs ON ${schema}.runs (ended_at DESC) WHERE record->>'outcome' = 'failed';
    ${totalsTables(schema)}
  `);

const pages = {
  all: 'SELECT record FROM $schema.runs WHERE ended_at < $1 ORDER BY ended_at DESC, run_id LIMIT $2',
  failed: `SELECT record FROM $schema.runs WHERE record->>'outcome' = 'failed' AND ended_at < $1 ORDER BY ended_at DESC, run_id LIMIT $2`,
  slow: `SELECT record FROM (SELECT record FROM $schema.runs WHERE ended_at < $1 ORDER BY ended_at DESC LIMIT ${slowAmong}) AS latest ORDER BY (record->>'latencyMs')::float8 DESC LIMIT $2`,
};

/**
 * Finished runs in PostgreSQL, shared by every gateway that names the same schema: the record that money is counted by. A run is one row by its
 * id, so one that is sent twice, after a lost answer of the server, is counted once.
 * @throws InvalidOptionsError for a client without `query`, or a schema that is no plain name.
 */
export function createPostgresRunStore({ client, schema = 'cascadeflow' }: PostgresRunStoreOptions): PostgresRunStore {
  const query = openTables(client, schema, tables);
  const get = async (runId: string): Promise<RunRecord | undefined> => {
    const { rows } = await query('SELECT record, good FROM $schema.runs LEFT JOIN $schema.labels USING (run_id) WHERE run_id = $1', [runId]);
    const [row] = rows as readonly { readonly record: RunRecord; readonly good: boolean | null }[];
    return row && { ...row.record, ...(row.good !== null && { good: row.good }) };
  };
  const addAll = async (records: readonly RunRecord[]) => {
    await query(addRuns, addRunsValues(records));
  };
  return {
    add: (record) => addAll([record]),
    addAll,
    async list({ limit, before = Number.MAX_SAFE_INTEGER, show = 'all' }) {
      const { rows } = await query(pages[show], [before, limit]);
      return (rows as readonly { readonly record: RunRecord }[]).map((row) => row.record);
    },
    get,
    async label(runId, good) {
      const run = await get(runId);
      if (!run) return false;
      await query('INSERT INTO $schema.labels (run_id, ended_at, bar, good) VALUES ($1, $2, $3, $4) ON CONFLICT (run_id) DO UPDATE SET good = excluded.good', [
        runId, Math.round(run.endedAt), labelledBar(run) ?? null, good,
      ]);
      return true;
    },
    totals: (wanted) => readTotals(query, wanted),
    async spendByKey(since) {
      const { rows } = await query('SELECT key, count(*)::int AS runs, coalesce(sum(cost), 0)::float8 AS cost FROM $schema.runs WHERE ended_at >= $1 GROUP BY key', [since]);
      return new Map((rows as readonly { readonly key: string; readonly runs: number; readonly cost: number }[]).map(({ key, runs, cost }) => [key, { runs, cost }]));
    },
  };
}
