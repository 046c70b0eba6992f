import { InvalidOptionsError } from '@cascadeflow/contract';
import { createMemoryRunStore, hashKey, type RunRecord } from '@cascadeflow/gateway';
import { hasPostgres, type PostgresServer, startPostgres } from '@cascadeflow/real/postgres-server';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openPostgresKeys } from './create-postgres-keys.ts';
import { createPostgresRunStore } from './create-postgres-run-store.ts';

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

  it('adds up, finds and labels as the store in memory does, with several gateways writing', async () => {
    const name = schema();
    const [postgres, other] = [createPostgresRunStore({ client: pool, schema: name }), createPostgresRunStore({ client: pool, schema: name })];
    const memory = createMemoryRunStore();
    const start = 1_800_000_000_000;
    const made = Array.from({ length: 120 }, (_, index) => {
      const isAccepted = index % 3 === 0;
      return record(`r${index}`, {
        endedAt: start + index * 97_000, latencyMs: (index * 37) % 1000, probability: (index % 100) / 100, domain: index % 2 ? 'code' : 'general',
        outcome: index % 10 === 7 ? 'failed' : isAccepted ? 'accepted' : 'escalated', model: isAccepted ? 'small' : 'large',
        ...(index % 5 > 0 && { cost: index / 64, saved: index / 128, baseline: index / 32 }), ...(index % 4 === 0 && { key: 'other' }),
        calls: [{ model: 'small', provider: 'p', role: 'draft', status: 'ok', inputTokens: 1, outputTokens: 1, cost: 0.25 }],
      });
    });
    for (const run of made) void memory.add(run);
    await Promise.all(made.flatMap((run) => [postgres, other].map(async (store) => store.add(run))));
    for (const store of [memory, postgres]) for (let index = 0; index < 60; index++) expect(await store.label(`r${index}`, index % 2 === 0)).toBe(true);
    expect(await postgres.label('none', true)).toBe(false);
    const sorted = (items: readonly object[]) => new Set(items.map((item) => JSON.stringify(Object.entries(item).sort(([left], [right]) => (left < right ? -1 : 1)))));
    for (const query of [{ since: 0, step: 300_000 }, { since: start + 3_600_000, step: 1_800_000 }]) {
      const [mine, theirs] = [await postgres.totals(query), await memory.totals(query)];
      expect(sorted(mine.tallies)).toEqual(sorted(theirs.tallies));
      expect(mine.line).toEqual(theirs.line);
      expect(sorted(mine.labels)).toEqual(sorted(theirs.labels));
      expect(mine.labels.length).toBeGreaterThan(0);
    }
    for (const show of ['all', 'failed', 'slow'] as const) {
      const ids = async (store: typeof memory) => (await store.list({ limit: 9, show, before: start + 9_000_000 })).map((run) => run.runId);
      expect(await ids(postgres)).toEqual(await ids(memory));
    }
    expect(await postgres.get('r1')).toEqual({ ...made[1], good: false });
  });

  it('takes many at once, and texts that a database does not', async () => {
    const store = createPostgresRunStore({ client: pool, schema: schema() });
    await store.addAll?.([record('a', { cost: 1 }), record('b', { session: 'nul \0 half \ud800 pair \ud83d\ude00 end \udc00' }), record('a', { cost: 5 })]);
    await store.addAll?.([record('b'), record('c', { cost: 2 })]);
    expect((await store.spendByKey(0)).get('')).toEqual({ runs: 3, cost: 3 });
    expect((await store.get('b'))?.session).toBe('nul \ufffd half \ufffd pair \ud83d\ude00 end \ufffd');
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
