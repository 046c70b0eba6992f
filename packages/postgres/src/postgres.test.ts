import { InvalidOptionsError } from '@cascadeflow/contract';
import { hashKey, type RunRecord } from '@cascadeflow/gateway';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openPostgresKeys } from './create-postgres-keys.ts';
import { createPostgresRunStore } from './create-postgres-run-store.ts';
import { hasPostgres, type PostgresServer, startPostgres } from './fixtures/postgres-server.ts';

const found = hasPostgres();
const record = (runId: string, part: Partial<RunRecord> = {}): RunRecord => ({ runId, endedAt: 1, outcome: 'accepted', latencyMs: 5, degraded: false, reason: 'good enough', calls: [], steps: [], ...part });

it('a client that is none, and a schema that is no plain name, are refused', () => {
  expect(() => createPostgresRunStore({ client: {} as never })).toThrow(InvalidOptionsError);
  expect(() => createPostgresRunStore({ client: { query: async () => ({ rows: [], rowCount: 0 }) }, schema: 'a; DROP TABLE b' })).toThrow('schema');
});

if (!found) it.skip('a real server is tested against; skipped since there is no PostgreSQL here (apt-get install postgresql)');

describe.runIf(found)('with a real server', () => {
  let server: PostgresServer;
  let pool: pg.Pool;
  let fresh = 0;
  const schema = () => `t${fresh++}`;
  beforeAll(async () => {
    server = await startPostgres();
    pool = new pg.Pool({ connectionString: server.url });
    pool.on('error', () => {});
  }, 60_000);
  afterAll(async () => {
    await pool.end();
    await server.remove();
  });

  it('keeps runs, newest first, and counts one that is sent twice once', async () => {
    const store = createPostgresRunStore({ client: pool, schema: schema() });
    const first = record('a', { endedAt: 10, key: 'app', cost: 0.1 });
    await Promise.all([store.add(first), store.add(first), store.add(record('b', { endedAt: 20, key: 'app', cost: 0.2 })), store.add(record('c', { endedAt: 30 }))]);
    expect((await store.list({ limit: 2 })).map((run) => run.runId)).toEqual(['c', 'b']);
    expect((await store.list({ limit: 2, before: 20 })).map((run) => run.runId)).toEqual(['a']);
    expect(await store.get('a')).toEqual(first);
    expect(await store.get('none')).toBeUndefined();
    // 0.1 + 0.2 is 0.3 here: the server adds decimals.
    expect(await store.spendByKey(0)).toEqual(new Map([['', { runs: 1, cost: 0 }], ['app', { runs: 2, cost: 0.3 }]]));
    expect((await store.spendByKey(15)).get('app')).toEqual({ runs: 1, cost: 0.2 });
  });

  it('makes its tables once, however many processes begin at the same time', async () => {
    const name = schema();
    const stores = Array.from({ length: 8 }, () => createPostgresRunStore({ client: pool, schema: name }));
    await Promise.all(stores.map(async (store, index) => store.add(record(`r${index}`))));
    expect(await stores[0]!.list({ limit: 100 })).toHaveLength(8);
  });

  it('shares keys between gateways, as hashes alone', async () => {
    const name = schema();
    const [one, other] = [await openPostgresKeys({ client: pool, schema: name, refreshMs: 50 }), await openPostgresKeys({ client: pool, schema: name, refreshMs: 50 })];
    const key = await one.add({ id: 'app', models: ['cascade'], requestsPerMinute: 60 });
    await expect(one.add({ id: 'app' })).rejects.toThrow(/already/);
    await vi.waitFor(() => expect(other.keys()).toHaveLength(1), 5000);
    expect(other.keys()[0]).toEqual({ id: 'app', hash: await hashKey(key), models: ['cascade'], requestsPerMinute: 60 });
    const { rows } = await pool.query(`SELECT * FROM ${name}.keys`);
    expect(JSON.stringify(rows)).not.toContain(key);
    await other.revoke('app');
    await expect(other.revoke('app')).rejects.toThrow(/no key named app/);
    await vi.waitFor(() => expect(one.keys()).toEqual([]), 5000);
    one.close();
    other.close();
  });

  it('keeps the keys it knows while the server is away, and goes on when it is back', async () => {
    const name = schema();
    const failures: unknown[] = [];
    const keys = await openPostgresKeys({ client: pool, schema: name, refreshMs: 50, onFailure: (error) => failures.push(error) });
    const store = createPostgresRunStore({ client: pool, schema: name });
    await keys.add({ id: 'app' });
    await store.add(record('before'));
    await server.kill();
    await expect(store.add(record('lost'))).rejects.toThrow();
    await vi.waitFor(() => expect(failures.length).toBeGreaterThan(0), 5000);
    expect(keys.keys()).toHaveLength(1);
    await server.restart();
    await vi.waitFor(() => store.add(record('after')), 10_000);
    expect((await store.list({ limit: 10 })).map((run) => run.runId).sort()).toEqual(['after', 'before']);
    keys.close();
  }, 60_000);
});
