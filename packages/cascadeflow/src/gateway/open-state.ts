import { dirname, resolve } from 'node:path';
import { type BudgetStore, InvalidOptionsError, MissingPackageError, type RequestLimiter } from '@cascadeflow/contract';
import { createMemoryBudgetStore } from '@cascadeflow/core';
import { createRunLog, type GatewayKey, type RunLog, type RunStore } from '@cascadeflow/gateway';
import type { GatewayFile } from './config-schema.ts';
import { openSqliteRuns } from './sqlite-runs.ts';

/** What a gateway knows beside its configuration. It outlives changes of the configuration. */
export interface GatewayState {
  readonly runs: RunLog;
  /** What has been spent, by cascade. */
  readonly budgetsOf: (cascade: string) => BudgetStore;
  /** Set where several gateways share their rates. */
  readonly limiter?: RequestLimiter;
  /** Set where keys are in the database. */
  readonly keys?: () => readonly GatewayKey[];
  /** Closes connections and files. */
  close(): Promise<void>;
}

/** Milliseconds between two reports of a store that is away. Chosen by hand. */
const reportMs = 10_000;

/**
 * Opens what `state` and `runsFile` of a configuration name: Redis for budgets and rates, PostgreSQL for runs and keys, a file of SQLite for runs. Without them
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
  const memory = new Map<string, BudgetStore>();
  return {
    runs: createRunLog({ ...(store && { store }), onStoreFailure: (error, lost) => report(`runs cannot be written and wait${lost > 0 ? `; ${lost} had to be given up` : ''}`, error) }),
    budgetsOf(cascade) {
      const known = memory.get(cascade) ?? redis?.budgetsOf(cascade) ?? createMemoryBudgetStore();
      memory.set(cascade, known);
      return known;
    },
    ...(redis && { limiter: redis.limiter }),
    ...(postgres && { keys: postgres.keys }),
    async close() {
      sqlite?.close();
      await Promise.allSettled([redis?.close(), postgres?.close()]);
    },
  };
}

async function openRedis(url: string, report: (line: string, error: unknown) => void) {
  const [{ createClient }, { createRedisBudgetStore, createRedisLimiter }] = await Promise.all([load('@redis/client', 'state.redis', () => import('@redis/client')), import('@cascadeflow/redis')]);
  // Commands fail at once while the server is away, so that no request waits for it.
  const client = createClient({ url, disableOfflineQueue: true });
  client.on('error', (error: unknown) => report('Redis is away', error));
  await client.connect();
  return {
    budgetsOf: (cascade: string) => createRedisBudgetStore({ client, prefix: `{cascadeflow}:budget:${cascade}:` }),
    limiter: createRedisLimiter({ client }),
    close: () => client.close(),
  };
}

async function openPostgres(url: string, report: (line: string, error: unknown) => void) {
  const [{ default: pg }, { createPostgresRunStore, openPostgresKeys }] = await Promise.all([load('pg', 'state.postgres', () => import('pg')), import('@cascadeflow/postgres')]);
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

async function load<Module>(name: string, field: string, open: () => Promise<Module>): Promise<Module> {
  try {
    return await open();
  } catch (cause) {
    throw new MissingPackageError(name, field, { cause });
  }
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
