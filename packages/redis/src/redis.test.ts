import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type Embedder, InvalidOptionsError, ProviderError } from '@cascadeflow/contract';
import { CascadeAgent } from '@cascadeflow/core';
import { hasRedis, type RedisServer, startRedis } from '@cascadeflow/real/redis-server';
import { budgetStoreConformance, keyValueStoreConformance, repeatingModel } from '@cascadeflow/testing';
import { createClient } from '@redis/client';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { createRedisBreakerBoard } from './create-redis-breaker-board.ts';
import { createRedisBudgetStore } from './create-redis-budget-store.ts';
import { createRedisLimiter } from './create-redis-limiter.ts';
import { createRedisStore } from './create-redis-store.ts';
import type { RedisClient } from './redis-client.ts';

type Board = ReturnType<typeof createRedisBreakerBoard>;

const found = hasRedis();

it('a client of neither library is refused', () => {
  expect(() => createRedisStore({ client: {} as RedisClient })).toThrow(InvalidOptionsError);
  expect(() => createRedisBudgetStore({ client: { sendCommand: async () => '' }, leaseMs: 0 })).toThrow('leaseMs');
});

if (!found) it.skip('a real server is tested against; skipped since there is no redis-server here (apt-get install redis-server)');

describe.runIf(found)('with a real server', () => {
  let server: RedisServer;
  let nodeRedis: ReturnType<typeof createClient>;
  let ioRedis: Redis;
  let fresh = 0;
  beforeAll(async () => {
    server = await startRedis();
    nodeRedis = createClient({ url: server.url });
    nodeRedis.on('error', () => {});
    await nodeRedis.connect();
    ioRedis = new Redis(server.url);
  });
  afterAll(async () => {
    nodeRedis.destroy();
    ioRedis.disconnect();
    await server.remove();
  });

  budgetStoreConformance({ describe, it }, { name: 'redis budgets through node-redis', open: () => createRedisBudgetStore({ client: nodeRedis, prefix: `a${fresh++}:` }) });
  budgetStoreConformance({ describe, it }, { name: 'redis budgets through ioredis', open: () => createRedisBudgetStore({ client: ioRedis, prefix: `b${fresh++}:` }) });
  keyValueStoreConformance({ describe, it }, { name: 'redis values through node-redis', open: () => ({ store: createRedisStore({ client: nodeRedis, prefix: `c${fresh++}:` }) }) });
  keyValueStoreConformance({ describe, it }, { name: 'redis values through ioredis', open: () => ({ store: createRedisStore({ client: ioRedis, prefix: `d${fresh++}:` }) }) });

  it('money set aside by a process that died is free again after its lease, and a late booking still counts once', async () => {
    const store = createRedisBudgetStore({ client: nodeRedis, prefix: 'lease:', leaseMs: 150 });
    const purse = { key: 'user:1', limit: 100 };
    expect((await store.reserve('died', [purse], 80)).ok).toBe(true);
    expect((await store.reserve('next', [purse], 80)).ok).toBe(false);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect((await store.reserve('next', [purse], 80)).ok).toBe(true);
    await store.settle('died', [purse], 15);
    await store.settle('died', [purse], 15);
    expect(await store.read('user:1')).toEqual({ spent: 15, reserved: 80 });
  });

  it('a reservation that is asked for twice is made once', async () => {
    const store = createRedisBudgetStore({ client: nodeRedis, prefix: 'twice:' });
    const purse = { key: 'user:1', limit: 100, expiresAt: Date.now() + 60_000 };
    await store.reserve('run', [purse], 60);
    expect((await store.reserve('run', [purse], 60)).ok).toBe(true);
    expect(await store.read('user:1')).toEqual({ spent: 0, reserved: 60 });
    expect(Number(await nodeRedis.sendCommand(['PTTL', 'twice:purse:user:1']))).toBeGreaterThan(50_000);
  });

  it('limiters that share a prefix hand out one rate between them, and refill it', async () => {
    const [one, other] = [createRedisLimiter({ client: nodeRedis, prefix: 'rate:' }), createRedisLimiter({ client: ioRedis, prefix: 'rate:' })];
    const waits = await Promise.all(Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? one : other).take('app', 20)));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(20);
    for (const wait of waits.filter((wait) => wait > 0)) expect(wait).toBeLessThanOrEqual(3000);
    expect(await one.take('another', 20)).toBe(0);
    // 6000 a minute is one every 10 ms.
    await Promise.all(Array.from({ length: 6000 }, () => one.take('busy', 6000)));
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(await other.take('busy', 6000)).toBe(0);
  });

  it('two agents share answers; one that means the same is found by whoever asked before', async () => {
    const asked: string[] = [];
    const model = repeatingModel((request) => {
      asked.push(String(request.messages.at(-1)?.content));
      return 'The capital of France is Paris.';
    });
    const embedder: Embedder = { contract: 'v1', id: 'first-word', dimensions: 2, embed: async (texts) => texts.map((text) => (/capital/i.test(text) ? Float32Array.of(1, 0) : Float32Array.of(0, 1))) };
    const store = createRedisStore({ client: nodeRedis, prefix: 'answers:' });
    const agentOf = () => new CascadeAgent({ models: [{ name: 'm', model, cost: 1 }], cache: { store, semantic: { embedder } } });
    const [one, other] = [agentOf(), agentOf()];
    const first = await one.run('What is the capital of France?');
    expect(await one.run('Name the capital of France, please.')).toMatchObject({ content: first.content, cacheHit: true, totalCost: 0 });
    expect(await other.run('What is the capital of France?')).toMatchObject({ content: first.content, cacheHit: true, totalCost: 0 });
    expect((await one.run('The capital of France in 1940?')).cacheHit).toBe(false);
    const keys = (await nodeRedis.sendCommand(['KEYS', 'answers:*'])) as unknown as string[];
    await nodeRedis.sendCommand(['DEL', ...keys]);
    expect((await one.run('Tell me the capital of France.')).cacheHit).toBe(false);
    expect(asked).toHaveLength(3);
  });

  it('a model that fails too often in one process is left alone by the others, until its rest is over or it is well again', async () => {
    const [one, other] = [nodeRedis, ioRedis].map((client) => createRedisBreakerBoard({ client, key: 'board', refreshMs: 20 })) as [Board, Board];
    const answers = repeatingModel(() => 'The capital of Australia is Canberra.');
    let isDown = true;
    let calls = 0;
    const drafter = {
      ...answers,
      async *stream(...call: Parameters<typeof answers.stream>) {
        calls++;
        if (isDown) throw new ProviderError('down', { kind: 'server', provider: answers.provider, model: 'drafter', retryable: false });
        yield* answers.stream(...call);
      },
    };
    const agentOf = (board: Board) =>
      new CascadeAgent({ models: [{ name: 'drafter', model: drafter, cost: 1 }, { name: 'verifier', model: answers, cost: 2 }], order: 'given', quality: { minProbability: 0 }, retries: 0, resilience: { breaker: { failures: 2, restMs: 400, board } } });
    const [first, second] = [agentOf(one), agentOf(other)];
    for (let run = 0; run < 2; run++) expect((await first.run('q')).modelUsed).toBe('verifier');
    const name = `${answers.provider}/drafter`;
    await vi.waitFor(() => expect(other.restOf(name)).toBeGreaterThan(0));
    expect((await second.run('q')).modelUsed).toBe('verifier');
    expect(calls).toBe(2);
    isDown = false;
    await vi.waitFor(() => expect(other.restOf(name)).toBe(0));
    expect((await second.run('q')).modelUsed).toBe('drafter');
    one.report(name, 60_000);
    await vi.waitFor(() => expect(other.restOf(name)).toBeGreaterThan(50_000));
    // The first process notices by its own probe that the model is well, and tells the others.
    expect((await first.run('q')).modelUsed).toBe('drafter');
    await vi.waitFor(() => expect(other.restOf(name)).toBe(0));
    one.close();
    other.close();
  });

  it('three processes with a thousand runs spend what a hundred cost, and not one more', async () => {
    await nodeRedis.sendCommand(['SCRIPT', 'FLUSH']);
    const spend = (runs: number) => promisify(execFile)(process.execPath, ['--conditions=@cascadeflow/source', join(import.meta.dirname, 'fixtures/spender.ts'), server.url, String(runs), String(100 * 110e-6)]);
    const told = await Promise.all([334, 333, 333].map(async (runs) => JSON.parse((await spend(runs)).stdout) as { passed: number; refused: number }));
    expect([told.reduce((sum, one) => sum + one.passed, 0), told.reduce((sum, one) => sum + one.passed + one.refused, 0)]).toEqual([100, 1000]);
    expect(await createRedisBudgetStore({ client: nodeRedis }).read('agent:all')).toEqual({ spent: 100 * 110e6, reserved: 0 });
  }, 120_000);
});

describe.runIf(found)('a server that is killed in mid-run', () => {
  it.each(['open', 'closed'] as const)('hangs nothing, and runs go on or are refused as configured (%s)', async (onStoreFailure) => {
    const server = await startRedis();
    const client = createClient({ url: server.url });
    client.on('error', () => {});
    await client.connect();
    let kill: (() => Promise<void>) | undefined = () => server.kill();
    const answer = repeatingModel(() => 'The capital of Australia is Canberra.');
    const model = {
      ...answer,
      async *stream(...call: Parameters<typeof answer.stream>) {
        await kill?.();
        kill = undefined;
        yield* answer.stream(...call);
      },
    };
    const agent = new CascadeAgent({ models: [{ name: 'm', model, cost: 1 }], budgets: { rules: [{ per: 'agent', limit: 100 }], store: createRedisBudgetStore({ client }), onStoreFailure } });
    try {
      const first = await agent.run('q', { deadlineMs: 30_000 });
      expect(first.content).toContain('Canberra');
      expect(first.warnings.join()).toContain('could not be reached to book');
      const startedAt = performance.now();
      const second = await agent.run('q', { deadlineMs: 400 }).catch((error: unknown) => error);
      if (onStoreFailure === 'closed') expect(second).toMatchObject({ code: expect.stringMatching(/budget-exceeded|deadline-exceeded/) });
      const third = await agent.run('q').catch((error: unknown) => error);
      if (onStoreFailure === 'open') expect(third).toMatchObject({ content: expect.stringContaining('Canberra'), warnings: expect.arrayContaining([expect.stringContaining('goes on without a budget')]) });
      else expect(third).toMatchObject({ code: 'budget-exceeded' });
      expect(performance.now() - startedAt).toBeLessThan(10_000);
    } finally {
      client.destroy();
      await server.remove();
    }
  }, 60_000);
});
