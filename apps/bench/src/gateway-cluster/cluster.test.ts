import { hasPostgres } from '@cascadeflow/real/postgres-server';
import { hasRedis } from '@cascadeflow/real/redis-server';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { answerCost, type Cluster, openCluster, paidAnswers, ratedRequests } from './cluster-doubles.ts';

const found = hasRedis() && hasPostgres();
if (!found) it.skip('three gateways are tested with real servers; skipped since there is no redis-server or no PostgreSQL here (apt-get install redis-server postgresql)');

interface Told {
  readonly status: number;
  readonly runId: string | null;
  readonly model: string | null;
  readonly reason: string | null;
  readonly ms: number;
}

describe.runIf(found)('three gateways with one Redis and one PostgreSQL', () => {
  let cluster: Cluster;
  beforeAll(async () => {
    cluster = await openCluster();
  }, 240_000);
  afterAll(() => cluster?.close(), 60_000);

  const ask = async (gateway: number, model: string, { key = 'app', session, content = 'What is the capital of Australia?', history = [] as object[] }: { key?: string; session?: string; content?: string; history?: object[] } = {}): Promise<Told> => {
    const startedAt = performance.now();
    const response = await fetch(`${cluster.gateways[gateway]?.url}/v1/chat/completions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${cluster.keys[key]}`, ...(session !== undefined && { 'x-cascade-session': session }) },
      body: JSON.stringify({ model, max_tokens: 18, messages: [...history, { role: 'user', content }] }),
    });
    await response.text();
    const { headers, status } = response;
    return { status, runId: headers.get('x-cascade-run-id'), model: headers.get('x-cascade-model'), reason: headers.get('x-cascade-reason'), ms: performance.now() - startedAt };
  };

  /** Every gateway has answered before anything is timed. */
  beforeAll(async () => {
    for (const gateway of [0, 1, 2, 3]) for (let turn = 0; turn < 5; turn++) await ask(gateway, 'cascade:free');
  }, 60_000);

  it('spend one budget between them, and not a cent more', async () => {
    const told = await Promise.all(Array.from({ length: 4 * paidAnswers }, (_, index) => ask(index % 3, 'cascade:paid')));
    // What is set aside while others are under way may turn some away early; one after the other they use the rest.
    for (let turn = 0; turn < paidAnswers; turn++) {
      const one = await ask(turn % 3, 'cascade:paid');
      told.push(one);
      if (one.status !== 200) break;
    }
    const answered = told.filter(({ status }) => status === 200);
    expect(new Set(told.map(({ status }) => status))).toEqual(new Set([200, 429]));
    expect(answered.length).toBeLessThanOrEqual(paidAnswers);
    expect(answered.length).toBeGreaterThanOrEqual(paidAnswers - 1);
    const rows = await cluster.ledger();
    const ids = new Set(answered.map(({ runId }) => runId));
    expect(rows.filter(({ runId }) => ids.has(runId)).reduce((sum, { cost }) => sum + cost, 0)).toBeLessThanOrEqual(paidAnswers * answerCost * (1 + 1e-9));
  }, 120_000);

  it('hold a key to one rate', async () => {
    const startedAt = performance.now();
    const told = await Promise.all(Array.from({ length: 3 * ratedRequests }, (_, index) => ask(index % 3, 'cascade:free', { key: 'rated' })));
    const refilled = Math.ceil(((performance.now() - startedAt) / 60_000) * ratedRequests);
    const passed = told.filter(({ status }) => status === 200).length;
    // A gateway that could not ask in time has refused, and its request may have been counted.
    const unasked = told.filter(({ status }) => status === 503).length;
    expect(passed + unasked + told.filter(({ status }) => status === 429).length).toBe(told.length);
    expect(passed).toBeGreaterThanOrEqual(ratedRequests - unasked);
    expect(passed).toBeLessThanOrEqual(ratedRequests + refilled);
  }, 120_000);

  it('know where a session stands, whichever of them is asked', async () => {
    const history = [{ role: 'user', content: 'An essay on rivers. '.repeat(1500) }, { role: 'assistant', content: 'Read.' }];
    const callsOf = async (told: Told) => (await cluster.ledger()).find(({ runId }) => runId === told.runId)?.calls;
    const first = await ask(0, 'cascade:sessions', { session: 'one' });
    expect([first.model, await callsOf(first)]).toEqual(['far', 2]);
    await vi.waitFor(async () => {
      const stays = await ask(1, 'cascade:sessions', { session: 'one', history });
      expect([stays.model, await callsOf(stays)]).toEqual(['far', 1]);
    }, { timeout: 10_000 });
    const stranger = await ask(1, 'cascade:sessions', { session: 'two', history });
    expect([stranger.model, await callsOf(stranger)]).toEqual(['far', 2]);
  }, 60_000);

  it('give each other\'s answers again', async () => {
    const content = 'Is this kept?';
    expect((await ask(0, 'cascade:cached', { content })).reason).not.toMatch(/before/);
    expect((await ask(2, 'cascade:cached', { content })).reason).toMatch(/answered before/);
  });

  /** Load on some gateways until `stop` is called; every answer that came whole. */
  const load = (gateways: readonly number[], workers: number) => {
    const answers: Told[] = [];
    let isOver = false;
    const work = Promise.all(
      Array.from({ length: workers }, async (_, index) => {
        while (!isOver) {
          const told = await ask(gateways[index % gateways.length] as number, 'cascade:free').catch(() => undefined);
          if (told) answers.push(told);
          else await new Promise((resolve) => setTimeout(resolve, 20));
        }
      }),
    );
    return { answers, stop: () => ((isOver = true), work) };
  };
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  const expectBooked = async (answers: readonly Told[]) => {
    const answered = answers.filter(({ status }) => status === 200).map(({ runId }) => runId);
    const rows = await cluster.ledger();
    const booked = new Map(rows.map((row) => [row.runId, row]));
    expect(answered.filter((runId) => !booked.has(runId as string))).toEqual([]);
    expect(booked.size).toBe(rows.length);
    for (const runId of answered) expect(booked.get(runId as string)?.cost).toBeCloseTo(answerCost, 12);
    return { answered: answered.length, rows: rows.length };
  };

  it('go on while the database is away, and book what was answered meanwhile once', async () => {
    const before = (await cluster.ledger()).length;
    const { answers, stop } = load([0, 1, 2], 9);
    await pause(500);
    await cluster.postgres.kill();
    await pause(1500);
    const away = answers.length;
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    await cluster.postgres.restart();
    await pause(500);
    await stop();
    expect(away).toBeGreaterThan(10);
    await vi.waitFor(async () => expect((await expectBooked(answers)).rows).toBe(before + answers.length), { timeout: 20_000, interval: 500 });
  }, 120_000);

  it('go on or refuse while Redis is away, as each is told, and agree again when it is back', async () => {
    const { answers, stop } = load([0, 2, 3], 6);
    await pause(300);
    await cluster.redis.kill();
    const rated = { key: 'rated' };
    const [open, closed, unlimited] = await Promise.all([ask(3, 'cascade:free', rated), ask(2, 'cascade:free', rated), ask(2, 'cascade:free')]);
    expect([open.status, closed.status, unlimited.status]).toEqual([200, 503, 200]);
    const [spends, refuses] = await Promise.all([ask(3, 'cascade:paid', { key: 'rated' }), ask(2, 'cascade:paid')]);
    expect(spends.status).toBe(200);
    expect([429, 503]).toContain(refuses.status);
    await pause(500);
    await cluster.redis.restart();
    await vi.waitFor(async () => expect((await ask(2, 'cascade:cached', { content: 'Back?' })).status).toBe(200), { timeout: 20_000 });
    await vi.waitFor(async () => expect((await ask(1, 'cascade:cached', { content: 'Back?' })).reason).toMatch(/answered before/), { timeout: 20_000 });
    await stop();
    // Those without budget and rate noticed nothing.
    expect(answers.every(({ status }) => status === 200)).toBe(true);
    for (const { ms } of answers) expect(ms).toBeLessThan(10_000);
  }, 120_000);

  it('lose no row and book none twice when one of them is killed in mid-load', async () => {
    const workers = 9;
    const before = (await cluster.ledger()).length;
    const { answers, stop } = load([0, 1, 2], workers);
    await pause(1000);
    await cluster.gateways[2]?.close(); // SIGKILL
    await pause(700);
    await stop();
    const { rows, answered } = await expectBooked(answers);
    expect(answered).toBe(answers.length);
    // Runs that were booked and whose answer the kill cut off: at most those under way.
    expect(rows - before - answered).toBeGreaterThanOrEqual(0);
    expect(rows - before - answered).toBeLessThanOrEqual(workers / 3);
  }, 120_000);
});
