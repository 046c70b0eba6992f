import { dirname, resolve } from 'node:path';
import { type BreakerBoard, type BudgetStore, InvalidOptionsError, type KeyValueStore, type RequestLimiter } from '@cascadeflow/contract';
import { createMemoryBudgetStore, createMemoryStore } from '@cascadeflow/core';
import { createRunLog, type GatewayKey, type RunLog, type RunStore } from '@cascadeflow/gateway';
import type { GatewayFile } from './config-schema.ts';
import { loadPackage } from './load-package.ts';
import { openRedis } from './open-redis.ts';
import { openSqliteRuns } from './sqlite-runs.ts';

/** What one cascade remembers between its runs. */
export interface CascadeStores {
  readonly budgets: BudgetStore;
  /** Which tier answered a session last. */
  readonly sessions: KeyValueStore;
  /** Answers, for giving again. */
  readonly answers: KeyValueStore;
}

/** What a gateway knows beside its configuration. It outlives changes of the configuration. */
export interface GatewayState {
  readonly runs: RunLog;
  readonly storesOf: (cascade: string) => CascadeStores;
  /** Set where several gateways share their rates. */
  readonly limiter?: RequestLimiter;
  /** Set where several gateways tell each other which models rest. */
  readonly breakers?: BreakerBoard;
  /** Set where keys are in the database. */
  readonly keys?: () => readonly GatewayKey[];
  /** Closes connections and files; runs that wait for the database are written first, or given up after a while. */
  close(): Promise<void>;
}

/** Milliseconds between two reports of a store that is away. Chosen by hand. */
const reportMs = 10_000;

/** Milliseconds an answer waits for its row in the database or file; while it is away answers go out after that, and rows wait. Chosen by hand. */
const answerWaitMs = 250;

/** Sessions and answers of one cascade that are kept in memory. Chosen by hand. */
const remembered = { sessions: 10_000, answers: 1000 };

/**
 * Opens what `state` and `runsFile` of a configuration name: Redis for budgets, rates, sessions, answers and breakers, PostgreSQL for runs and keys, a file of SQLite for runs. Without them
 * everything is in this process's memory.
 * @throws CascadeError when a package is missing or a server cannot be reached at the start.
 */
export async function openState(configFile: string, { state = {}, runsFile }: Pick<GatewayFile, 'state' | 'runsFile'>, log: (line: string) => void): Promise<GatewayState> {
  if (state.postgres !== undefined && runsFile !== undefined) throw new InvalidOptionsError('runsFile', 'runs are in PostgreSQL already; leave out one of runsFile and state.postgres');
  const report = createReporter(log);
  const redis = state.redis === undefined ? undefined : await openRedis(state.redis, report);
  const postgres = state.postgres === undefined ? undefined : await openPostgres(state.postgres, report);
  const sqlite = runsFile === undefined ? undefined : await openSqliteRuns(resolve(dirname(configFile), runsFile));
  const store: RunStore | undefined = postgres?.runs ?? sqlite;
  const stores = new Map<string, CascadeStores>();
  const runs = createRunLog({ ...(store && { store }), ...(store && { answerWaitMs }), onStoreFailure: (error, lost) => report(`runs cannot be written and wait${lost > 0 ? `; ${lost} had to be given up` : ''}`, error) });
  return {
    runs,
    storesOf(cascade) {
      const known = stores.get(cascade) ?? redis?.storesOf(cascade) ?? openMemory();
      stores.set(cascade, known);
      return known;
    },
    ...(redis && { limiter: redis.limiter, breakers: redis.breakers }),
    ...(postgres && { keys: postgres.keys }),
    async close() {
      await runs.flush();
      sqlite?.close();
      await Promise.allSettled([redis?.close(), postgres?.close()]);
    },
  };
}

function openMemory(): CascadeStores {
  return { budgets: createMemoryBudgetStore(), sessions: createMemoryStore({ maxSize: remembered.sessions }), answers: createMemoryStore({ maxSize: remembered.answers }) };
}

async function openPostgres(url: string, report: (line: string, error: unknown) => void) {
  const [{ default: pg }, { createPostgresRunStore, openPostgresKeys }] = await Promise.all([loadPackage('pg', 'state.postgres', () => import('pg')), import('@cascadeflow/postgres')]);
  const client = new pg.Pool({ connectionString: url });
  client.on('error', (error) => report('PostgreSQL is away', error));
  const keys = await openPostgresKeys({ client, onFailure: (error) => report('keys cannot be read; those known so far stay', error) });
  return {
    runs: createPostgresRunStore({ client }),
    keys: keys.keys,
    async close() {
      keys.close();
      await client.end();
    },
  };
}

/** Tells of the same trouble once in a while, not at each request. */
function createReporter(log: (line: string) => void): (line: string, error: unknown) => void {
  const last = new Map<string, number>();
  return (line, error) => {
    const now = Date.now();
    if (now - (last.get(line) ?? 0) < reportMs) return;
    last.set(line, now);
    log(`${line}: ${error instanceof Error ? error.message : String(error)}`);
  };
}
