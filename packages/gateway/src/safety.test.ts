import { virtualClock } from '@cascadeflow/testing';
import { afterEach, describe, expect, it } from 'vitest';
import { createKey, hashKey } from './access/keys.ts';
import type { GatewayConfig } from './config.ts';
import { createGateway } from './create-gateway.ts';
import { type Bench, openaiCascade, openBench } from './gateway-doubles.ts';
import { createRunLog } from './runs/run-log.ts';

let bench: Bench | undefined;
afterEach(() => bench?.close());

const body = JSON.stringify({ model: 'small', messages: [{ role: 'user', content: 'hi' }] });

async function open(config: Partial<GatewayConfig>, agent: Parameters<typeof openBench>[2] = {}): Promise<(headers?: HeadersInit, text?: string) => Promise<Response>> {
  bench = await openBench(config, undefined, agent);
  const { gateway } = bench;
  return (headers = {}, text = body) => gateway.fetch(new Request('http://gateway/v1/chat/completions', { method: 'POST', body: text, headers }));
}

describe('keys', () => {
  it('let in who has one, by either header, to the models it may use', async () => {
    const key = createKey();
    expect(key).toMatch(/^cf-[\w-]{43}$/);
    const ask = await open({ keys: [{ id: 'other', hash: await hashKey(createKey()) }, { id: 'app', hash: await hashKey(key), models: ['small'] }] });
    expect((await ask()).status).toBe(401);
    expect((await ask({ authorization: 'Bearer cf-wrong' })).status).toBe(401);
    expect((await ask({ authorization: `Bearer ${key}` })).status).toBe(200);
    expect((await ask({ 'x-api-key': key })).status).toBe(200);
    const other = await ask({ 'x-api-key': key }, body.replace('small', 'large'));
    expect(other.status).toBe(403);
    expect(await other.text()).not.toContain(key);
    const list = await bench!.gateway.fetch(new Request('http://gateway/v1/models', { headers: { 'x-api-key': key } }));
    expect(((await list.json()) as { data: { id: string }[] }).data.map(({ id }) => id)).toEqual(['small']);
    expect((await bench!.gateway.fetch(new Request('http://gateway/health'))).status).toBe(200);
  });

  it('share no session, even where they name it alike', async () => {
    const sessions: unknown[] = [];
    const keys = [{ id: 'app', hash: await hashKey('k1') }, { id: 'app/s', hash: await hashKey('k2') }];
    const ask = await open({ keys }, { onEvent: (event) => event.type === 'cascade-start' && sessions.push(event.sessionId) });
    for (const [key, session] of [['k1', 's'], ['k2', 's'], ['k1', 's'], ['k1', 's/s']] as const) await ask({ 'x-api-key': key, 'x-cascade-session': session });
    expect(sessions).toEqual(['app/s', 'app%2Fs/s', 'app/s', 'app/s%2Fs']);
  });

  it('are held to their requests a minute, and told when to come again', async () => {
    const key = createKey();
    const clock = virtualClock();
    const ask = await open({ clock, keys: [{ id: 'app', hash: await hashKey(key), requestsPerMinute: 2 }] });
    const statuses = [];
    for (let round = 0; round < 3; round++) statuses.push((await ask({ 'x-api-key': key })).status);
    expect(statuses).toEqual([200, 200, 429]);
    expect((await ask({ 'x-api-key': key })).headers.get('retry-after')).toBe('30');
    await clock.advance(30_000);
    expect((await ask({ 'x-api-key': key })).status).toBe(200);
  });

  it('share one rate where gateways share a limiter, and go on or not when it is away', async () => {
    const key = createKey();
    const keys = [{ id: 'app', hash: await hashKey(key), requestsPerMinute: 3 }];
    const taken: string[] = [];
    let isAway = false;
    const limiter = { take: (id: string, perMinute: number) => (isAway ? new Promise<number>(() => {}) : Promise.resolve(taken.push(id) > perMinute ? 2500 : 0)) };
    const ask = await open({ keys, limiter });
    const other = createGateway({ cascades: { main: openaiCascade(bench!.stub) }, keys, limiter });
    const askOther = (gateway = other) => gateway.fetch(new Request('http://gateway/v1/chat/completions', { method: 'POST', body, headers: { 'x-api-key': key } }));
    expect([(await ask({ 'x-api-key': key })).status, (await askOther()).status, (await ask({ 'x-api-key': key })).status]).toEqual([200, 200, 200]);
    const refused = await askOther();
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '3']);
    isAway = true;
    // Each gateway then counts its own.
    const statuses = [];
    for (let round = 0; round < 4; round++) statuses.push((await askOther()).status);
    expect(statuses).toEqual([200, 200, 200, 429]);
    const strict = createGateway({ cascades: { main: openaiCascade(bench!.stub) }, keys, limiter, onLimiterFailure: 'closed' });
    expect((await askOther(strict)).status).toBe(503);
  });

  it('pay from a purse of their own', async () => {
    const [rich, poor] = [createKey(), createKey()];
    const keys = [{ id: 'rich', hash: await hashKey(rich) }, { id: 'poor', hash: await hashKey(poor) }];
    const ask = await open({ keys }, { budgets: { rules: [{ per: 'key', limit: 0.000_01 }] } });
    bench!.stub.setAnswer(() => ({ text: 'Hi.', usage: { input: 10, output: 15 } }));
    const short = body.replace('}]', '}],"max_tokens":20');
    expect((await ask({ 'x-api-key': poor }, short)).status).toBe(200);
    const refusedAt = await ask({ 'x-api-key': poor }, short);
    expect(refusedAt.status).toBe(429);
    expect(await refusedAt.json()).toMatchObject({ error: { type: 'insufficient_quota', code: 'insufficient_quota' } });
    expect((await ask({ 'x-api-key': rich }, short)).status).toBe(200);
  });
});

describe('limits', () => {
  it('refuse more at once than is allowed, and let in again', async () => {
    const ask = await open({ limits: { concurrency: 1 } });
    bench!.stub.enqueue({ text: 'slow', timing: { firstChunkMs: 100 } });
    const first = ask();
    expect((await ask()).status).toBe(503);
    expect((await first).status).toBe(200);
    expect((await ask()).status).toBe(200);
  });

  it('end a run that takes too long', async () => {
    const ask = await open({ limits: { runMs: 50 } });
    bench!.stub.enqueue({ text: 'slow', fault: { type: 'hang' } });
    expect((await ask()).status).toBe(504);
  });
});

describe('web pages', () => {
  it('are refused unless their origin is allowed', async () => {
    const ask = await open({ origins: ['https://app.example.com'] });
    const refusal = await ask({ origin: 'https://evil.example.com' });
    expect(refusal.status).toBe(403);
    expect(refusal.headers.get('access-control-allow-origin')).toBeNull();
    expect(bench!.stub.requests).toHaveLength(0);
    const allowed = await ask({ origin: 'https://app.example.com' });
    expect(allowed.status).toBe(200);
    expect(allowed.headers.get('access-control-allow-origin')).toBe('https://app.example.com');
    const preflight = await bench!.gateway.fetch(new Request('http://gateway/v1/models', { method: 'OPTIONS', headers: { origin: 'https://app.example.com' } }));
    expect(preflight.status).toBe(204);
  });
});

describe('the operator\'s figures without a key', () => {
  it('are shown under a name of this machine alone: a page elsewhere can have its own name point here', async () => {
    bench = await openBench({ runs: createRunLog() });
    const { gateway } = bench;
    const see = async (host: string) => (await gateway.fetch(new Request(`http://${host}/admin/runs`))).status;
    expect([await see('127.0.0.1:8787'), await see('localhost'), await see('[::1]:8787')]).toEqual([200, 200, 200]);
    expect([await see('evil.example.com:8787'), await see('127.0.0.1.evil.example.com')]).toEqual([403, 403]);
    expect((await gateway.fetch(new Request('http://127.0.0.1/metrics', { headers: { host: 'evil.example.com' } }))).status).toBe(403);
  });
});

describe('shutting down', () => {
  it('is said at /ready first, and waits for streams', async () => {
    const ask = await open({});
    const ready = async () => (await bench!.gateway.fetch(new Request('http://gateway/ready'))).status;
    expect(await ready()).toBe(200);
    bench!.stub.enqueue({ text: 'one two three four', timing: { firstChunkMs: 5, chunkMs: 20 } });
    const stream = await ask({}, JSON.stringify({ ...JSON.parse(body), stream: true }));
    bench!.gateway.drain();
    expect(await ready()).toBe(503);
    expect((await ask()).status).toBe(200);
    const closed = bench!.gateway.close();
    expect((await ask()).status).toBe(503);
    expect(await stream.text()).toMatch(/data: \[DONE\]\n\n$/);
    await closed;
    expect(bench!.gateway.active).toBe(0);
  });
});

describe('a configuration', () => {
  it.each([
    [{ cascades: {} }, /^cascades: give at least one/],
    [{ defaultCascade: 'x' }, /^defaultCascade: no cascade is named x/],
    [{ aliases: { 'gpt-4o': 'nobody' } }, /^aliases.gpt-4o: nothing is named "nobody"/],
    [{ keys: [{ id: 'a', hash: 'secret' }] }, /^keys\[0\].hash: expected the SHA-256/],
    [{ limits: { bodyBytes: 0 } }, /^limits.bodyBytes: /],
    [{ limit: {} }, /^limit: is no option/],
  ])('%j is refused', async (changes, message) => {
    bench = await openBench();
    const cascades = { main: openaiCascade(bench.stub) };
    expect(() => createGateway({ cascades, ...changes } as GatewayConfig)).toThrow(message);
  });

  it('may give clients\' built-in names another meaning', async () => {
    const ask = await open({ aliases: { 'gpt-4o': 'cascade' } });
    const response = await ask({}, body.replace('small', 'gpt-4o'));
    expect(response.headers.get('x-cascade-probability')).toBe('0.9');
  });
});
