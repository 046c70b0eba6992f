import type { RunRecord, RunStore } from '@cascadeflow/gateway';
import { openTables, type PostgresClient, underLock } from './client.ts';

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
  `);

/**
 * Finished runs in PostgreSQL, shared by every gateway that names the same schema: the record that money is counted by. A run is one row by its
 * id, so one that is sent twice, after a lost answer of the server, is counted once.
 * @throws InvalidOptionsError for a client without `query`, or a schema that is no plain name.
 */
export function createPostgresRunStore({ client, schema = 'cascadeflow' }: PostgresRunStoreOptions): PostgresRunStore {
  const query = openTables(client, schema, tables);
  return {
    async add(record) {
      await query('INSERT INTO $schema.runs (run_id, ended_at, key, cost, record) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (run_id) DO NOTHING', [
        record.runId, Math.round(record.endedAt), record.key ?? '', record.cost ?? null, JSON.stringify(record),
      ]);
    },
    async list({ limit, before = Number.MAX_SAFE_INTEGER }) {
      const { rows } = await query('SELECT record FROM $schema.runs WHERE ended_at < $1 ORDER BY ended_at DESC, run_id LIMIT $2', [before, limit]);
      return (rows as readonly { readonly record: RunRecord }[]).map((row) => row.record);
    },
    async get(runId) {
      const { rows } = await query('SELECT record FROM $schema.runs WHERE run_id = $1', [runId]);
      return (rows as readonly { readonly record: RunRecord }[])[0]?.record;
    },
    async spendByKey(since) {
      const { rows } = await query('SELECT key, count(*)::int AS runs, coalesce(sum(cost), 0)::float8 AS cost FROM $schema.runs WHERE ended_at >= $1 GROUP BY key', [since]);
      return new Map((rows as readonly { readonly key: string; readonly runs: number; readonly cost: number }[]).map(({ key, runs, cost }) => [key, { runs, cost }]));
    },
  };
}
