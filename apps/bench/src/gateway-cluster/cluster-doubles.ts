import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type PostgresServer, startPostgres } from '@cascadeflow/real/postgres-server';
import { type ServerProcess, startGateway, startScript } from '@cascadeflow/real/processes';
import { type RedisServer, startRedis } from '@cascadeflow/real/redis-server';
import pg from 'pg';

/** Gateways before one upstream, with their state in one Redis and one PostgreSQL. */
export interface Cluster {
  /** Three that refuse what they cannot count while Redis is away, and a fourth that lets requests go on. */
  readonly gateways: readonly ServerProcess[];
  readonly redis: RedisServer;
  readonly postgres: PostgresServer;
  /** Keys by name, as clients show them. */
  readonly keys: { readonly [name: string]: string };
  /** Rows of the ledger. */
  ledger(): Promise<readonly LedgerRow[]>;
  close(): Promise<void>;
}

/** What the test reads of a row. */
export interface LedgerRow {
  readonly runId: string;
  readonly cost: number;
  readonly calls: number;
}

/** USD of one answer of `small`: the upstream always counts 14 tokens in and 18 out. */
export const answerCost = (14 * 0.1 + 18 * 0.4) / 1e6;

/** Answers that the budget of a key pays for. */
export const paidAnswers = 60;

/** Requests a minute of the key `rated`. */
export const ratedRequests = 40;

/** Starts everything on loopback. */
export async function openCluster(): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'cascadeflow-cluster-'));
  const [redis, postgres, upstream] = await Promise.all([startRedis(), startPostgres(), startScript(join(import.meta.dirname, '../gateway/upstream.ts'), [])]);
  const small = { name: 'small', provider: 'openai', cost: { input: 0.1, output: 0.4 } };
  const near = { name: 'near', provider: 'openai', cost: { input: 1, output: 4 } };
  const far = { name: 'far', provider: 'openai', cost: { input: 2, output: 8, cachedInput: 0.2 } };
  const write = (onFailure: 'open' | 'closed') => {
    const file = join(folder, `${onFailure}.json`);
    const cascades = {
      paid: { models: [small], budgets: [{ per: 'key', limit: paidAnswers * answerCost }] },
      free: { models: [small] },
      sessions: { models: [near, far], quality: 1, order: 'given' },
      cached: { models: [small], cache: {} },
    };
    writeFileSync(file, JSON.stringify({ providers: { openai: { apiKey: 'up', baseURL: `${upstream.url}/v1` } }, cascades, state: { redis: redis.url, postgres: postgres.url, onFailure } }));
    return file;
  };
  const open = write('open');
  const closed = write('closed');
  const addKey = (name: string, ...more: string[]) =>
    execFileSync(process.execPath, ['--conditions=@cascadeflow/source', join(import.meta.dirname, '../../../../packages/cascadeflow/src/bin.ts'), 'keys', 'add', name, '--postgres', postgres.url, ...more], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
  const keys = { app: addKey('app'), rated: addKey('rated', '--rpm', String(ratedRequests)) };
  const gateways = await Promise.all([startGateway(closed), startGateway(closed), startGateway(closed), startGateway(open)]);
  const pool = new pg.Pool({ connectionString: postgres.url, max: 1 });
  pool.on('error', () => {});
  return {
    gateways, redis, postgres, keys,
    async ledger() {
      const { rows } = await pool.query<LedgerRow>(`SELECT run_id AS "runId", cost::float8 AS cost, jsonb_array_length(record->'calls') AS calls FROM cascadeflow.runs`);
      return rows;
    },
    async close() {
      await Promise.all([...gateways, upstream].map((server) => server.close()));
      await pool.end();
      await Promise.all([redis.remove(), postgres.remove()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
