import type { Embedder } from '@cascadeflow/contract';
import OpenAI from 'openai';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { hashKey } from './access/keys.ts';
import { type Bench, openBench } from './gateway-doubles.ts';
import { createMemoryRunStore } from './runs/memory-run-store.ts';
import { createRunLog, type RunLog } from './runs/run-log.ts';
import type { RunRecord } from './runs/run-record.ts';
import type { RunSummary } from './runs/summarize.ts';

let bench: Bench;
afterEach(() => bench.close());

const get = async (path: string, key?: string) => {
  const response = await fetch(bench.url + path, { headers: key === undefined ? {} : { authorization: `Bearer ${key}` } });
  return { status: response.status, text: await response.text() };
};
const open = async (runs: RunLog, config = {}) => {
  bench = await openBench({ runs, ...config }, undefined, { onEvent: runs.onEvent });
};
const ask = (key: string, headers = {}) => new OpenAI({ apiKey: key, baseURL: `${bench.url}/v1`, maxRetries: 0 }).chat.completions.create({ model: 'cascade', messages: [{ role: 'user', content: 'a secret question' }] }, { headers });

describe('the record of runs', () => {
  it('tells the operator what was run, by whom, and what it cost, and never what was said', async () => {
    await open(createRunLog(), { keys: [{ id: 'app', hash: await hashKey('k1') }], adminKeyHash: await hashKey('operator') });
    bench.stub.enqueue({ text: 'Sure.', usage: { input: 100, output: 10 } }, { text: 'I am unsure.', usage: { input: 100, output: 10 } }, { text: 'Yes.', usage: { input: 100, output: 10 } });
    await ask('k1', { 'x-cascade-tag': 'team-a', 'x-cascade-session': 's1' });
    await ask('k1');
    const { runs } = JSON.parse((await get('/admin/runs', 'operator')).text) as { runs: RunRecord[] };
    expect(runs.map((run) => [run.outcome, run.model, run.key, run.tag])).toEqual([['escalated', 'large', 'app', undefined], ['accepted', 'small', 'app', 'team-a']]);
    const story = JSON.parse((await get(`/admin/runs/${runs[0]?.runId}`, 'operator')).text) as RunRecord;
    expect(story.steps.map((step) => [step.kind, step.role ?? step.status])).toEqual([['route', undefined], ['call', 'draft'], ['verdict', 'turned down'], ['escalation', undefined], ['call', 'verifier'], ['verdict', 'accepted']]);
    const summary = JSON.parse((await get('/admin/summary', 'operator')).text) as RunSummary;
    expect(summary).toMatchObject({
      window: 'day', count: 2, judged: 2, accepted: 1, unpriced: 0, unsaved: 0, outcomes: { accepted: 1, escalated: 1 },
      byKey: [{ name: 'app', count: 2, accepted: 1 }],
      byDrafter: [{ name: 'small', count: 2, accepted: 1 }],
      byModel: [{ name: 'small', count: 2 }, { name: 'large', count: 1 }],
      line: [{ count: 2 }],
    });
    expect(summary.probabilities.filter((bar) => bar.count > 0)).toMatchObject([{ from: 0.1, count: 1, accepted: 0 }, { from: 0.9, count: 1, accepted: 1 }]);
    expect(summary.cost).toBeCloseTo(2 * 14e-6 + 280e-6, 12);
    expect(summary.saved).toBeCloseTo(summary.baseline - summary.cost, 12);
    const metrics = await get('/metrics', 'operator');
    expect(metrics.text).toContain('cascadeflow_runs_total{outcome="accepted",model="small"} 1');
    expect(metrics.text).toMatch(/cascadeflow_run_duration_seconds_bucket\{outcome="escalated",le="\+Inf"\} 1/);
    expect([JSON.stringify(story), JSON.stringify(runs), metrics.text].join()).not.toMatch(/secret|Sure\.|unsure\./);
    expect((await get('/admin/runs/none', 'operator')).status).toBe(404);
    for (const wrong of ['runs?limit=0', 'runs?show=best', 'summary?window=year']) expect((await get(`/admin/${wrong}`, 'operator')).status).toBe(400);
  });

  it('shows what is under way', async () => {
    await open(createRunLog());
    bench.stub.enqueue({ text: 'Sure.', timing: { firstChunkMs: 300 } });
    const answer = ask('any', { 'x-cascade-tag': 'team-a' });
    await vi.waitFor(async () => expect(JSON.parse((await get('/admin/live')).text)).toMatchObject({ active: 1, open: [{ tag: 'team-a', model: 'small', role: 'draft', startedAt: expect.any(Number) }] }));
    await answer;
    expect(JSON.parse((await get('/admin/live')).text)).toMatchObject({ active: 0, open: [] });
  });

  it('takes labels, and holds the probabilities of accepted drafts against them', async () => {
    await open(createRunLog());
    bench.stub.enqueue('Sure.', 'Sure.', 'I am unsure.', 'Yes.');
    for (let index = 0; index < 3; index++) await ask('any');
    const { runs } = JSON.parse((await get('/admin/runs')).text) as { runs: RunRecord[] };
    const label = (id = '', body: unknown = { good: true }, headers = {}) => fetch(`${bench.url}/admin/runs/${id}/label`, { method: 'POST', body: JSON.stringify(body), headers });
    expect((await label(runs[2]?.runId)).status).toBe(200);
    expect((await label(runs[1]?.runId)).status).toBe(200);
    expect((await label(runs[1]?.runId, { good: false })).status).toBe(200);
    // The answer of an escalated run is not the draft that the probability was given to.
    expect((await label(runs[0]?.runId)).status).toBe(200);
    expect(JSON.parse((await get(`/admin/runs/${runs[1]?.runId}`)).text)).toMatchObject({ good: false });
    const { probabilities } = JSON.parse((await get('/admin/summary?window=hour')).text) as RunSummary;
    expect(probabilities.filter((bar) => bar.labelled > 0)).toMatchObject([{ from: 0.9, labelled: 2, good: 1 }]);
    expect((await label('none')).status).toBe(404);
    expect((await label(runs[0]?.runId, { good: 1 })).status).toBe(400);
    expect((await get(`/admin/runs/${runs[0]?.runId}/label`)).status).toBe(405);
    // From the page that the gateway itself serves, and from no other.
    expect((await label(runs[0]?.runId, { good: true }, { origin: bench.url })).status).toBe(200);
    expect((await label(runs[0]?.runId, { good: true }, { origin: 'http://elsewhere.example' })).status).toBe(403);
  });

  it('is for the operator alone', async () => {
    await open(createRunLog(), { keys: [{ id: 'app', hash: await hashKey('k1') }], adminKeyHash: await hashKey('operator') });
    for (const path of ['/metrics', '/admin/runs', '/admin/summary']) {
      expect((await get(path)).status).toBe(401);
      expect((await get(path, 'k1')).status).toBe(401);
    }
    expect(JSON.parse((await get('/admin/access')).text)).toEqual({ access: 'key', records: true });
    await bench.close();
    await open(createRunLog(), { keys: [{ id: 'app', hash: await hashKey('k1') }] });
    expect(JSON.parse((await get('/admin/access')).text)).toEqual({ access: 'closed', records: true });
    expect(await get('/metrics', 'k1')).toMatchObject({ status: 403, text: expect.stringContaining('set adminKeyHash') });
    await bench.close();
    await open(createRunLog());
    expect((await get('/metrics')).status).toBe(200);
  });

  it('keeps the latest, knows failed runs, and sends what a store refused again', async () => {
    const failures: unknown[] = [];
    const memory = createMemoryRunStore();
    let isDown = true;
    const store = { ...memory, add: async (record: RunRecord) => (isDown ? Promise.reject(new Error('disk full')) : memory.add(record)) };
    await open(createRunLog({ store, onStoreFailure: (error, lost) => failures.push([String(error), lost]) }));
    bench.stub.setAnswer(() => ({ fault: { type: 'status', status: 500 } }));
    await expect(ask('any')).rejects.toMatchObject({ status: 502 });
    bench.stub.setAnswer(() => 'Sure.');
    await ask('any');
    await vi.waitFor(() => expect(failures[0]).toEqual(['Error: disk full', 0]));
    isDown = false;
    await vi.waitFor(async () => expect((await memory.list({ limit: 9 })).map((run) => run.outcome)).toEqual(['accepted', 'failed']), 5000);
    expect((await get('/metrics')).text).toMatch(/runs_total\{outcome="failed",model=""\} 1/);
    const failed = JSON.parse((await get('/admin/runs?show=failed')).text) as { runs: RunRecord[] };
    expect(failed.runs).toMatchObject([{ outcome: 'failed', domain: expect.any(String) }]);
    expect((await memory.get(failed.runs[0]?.runId ?? ''))?.steps).toContainEqual(expect.objectContaining({ kind: 'failure' }));
    const small = createMemoryRunStore(2);
    for (const [index, runId] of ['a', 'b', 'c'].entries()) void small.add({ runId, endedAt: index, outcome: 'direct', latencyMs: 1, degraded: false, reason: '', calls: [], steps: [] });
    expect((small.list({ limit: 5 }) as RunRecord[]).map((run) => run.runId)).toEqual(['c', 'b']);
    expect(small.totals({ since: 0, step: 300_000 })).toMatchObject({ tallies: [{ kind: 'outcome', name: 'direct', count: 3, unpriced: 3, unsaved: 3, cost: 0 }, { kind: 'key', name: '', count: 3 }], line: [{ at: 0, count: 3 }] });
    expect((small.list({ limit: 5, before: 2 }) as RunRecord[]).map((run) => run.runId)).toEqual(['b']);
  });
});

describe('embeddings', () => {
  const embedder: Embedder = { contract: 'v1', id: 'toy', dimensions: 2, embed: (texts) => Promise.resolve(texts.map((text) => Float32Array.from([text.length, 0.5]))) };

  it('come from the embedders of the configuration, in both encodings of the official client', async () => {
    bench = await openBench({ embedders: { toy: embedder } });
    const client = new OpenAI({ apiKey: 'any', baseURL: `${bench.url}/v1`, maxRetries: 0 });
    const { data, model, usage } = await client.embeddings.create({ model: 'toy', input: ['one', 'three'] });
    expect(model).toBe('toy');
    expect(data.map((one) => one.embedding)).toEqual([[3, 0.5], [5, 0.5]]);
    expect(usage.prompt_tokens).toBeGreaterThan(0);
    const plain = await client.embeddings.create({ model: 'toy', input: 'one', encoding_format: 'float' });
    expect(plain.data[0]?.embedding).toEqual([3, 0.5]);
    await expect(client.embeddings.create({ model: 'none', input: 'one' })).rejects.toMatchObject({ status: 404, message: expect.stringContaining('there are toy') });
    await expect(client.embeddings.create({ model: 'toy', input: 'one', dimensions: 7 })).rejects.toMatchObject({ status: 400, message: expect.stringContaining('gives 2') });
  });
});
