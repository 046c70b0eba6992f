import type { Calibration, Trace } from '@cascadeflow/contract';
import { describe, expect, it } from 'vitest';
import { madeTraces, plainAgent, readingJudge } from './agent-double.ts';
import { priceOf } from './price-of.ts';
import { replay, type ReplayConfig } from './replay.ts';
import type { ReplayRow } from './replay-row.ts';
import { summarise } from './summarise.ts';

const small = { name: 'small', easy: 1, hard: 0.3, cost: 1, insight: 0.7 };
const middle = { name: 'middle', easy: 1, hard: 0.5, cost: 2 };
const large = { name: 'large', easy: 1, hard: 0.9, cost: 10 };
const config = (part: Partial<ReplayConfig> = {}): ReplayConfig => ({ createAgent: plainAgent, judge: readingJudge(), models: ['small', 'large'], ...part });

async function rowsOf(traces: readonly Trace[], part: Partial<ReplayConfig> = {}): Promise<ReplayRow[]> {
  const rows: ReplayRow[] = [];
  for await (const row of replay(traces, config(part))) rows.push(row);
  return rows;
}

describe('replay', () => {
  const traces = madeTraces(200, [small, middle, large]);

  it('walks recorded answers through the engine and bills every call', async () => {
    const rows = await rowsOf(traces);
    const accepted = rows.find((row) => row.accepted);
    const escalated = rows.find((row) => !row.accepted);
    expect(accepted).toMatchObject({ modelUsed: 'small', calls: ['small'], cost: 1, verifierCost: 10, latencyMs: 10, unrecorded: [] });
    expect(escalated).toMatchObject({ modelUsed: 'large', calls: ['small', 'large'], cost: 11, latencyMs: 20 });
    expect(escalated?.quality).toBe(escalated?.verifierQuality);
    const summary = summarise(rows);
    expect(summary.rows).toBe(200);
    expect(summary.saved.value).toBeCloseTo(1 - summary.cost / summary.verifierCost, 12);
    expect(summary.saved.low).toBeLessThan(summary.saved.value);
  });

  it('gives the same bytes twice', async () => {
    const once = JSON.stringify(await rowsOf(traces, { models: ['small', 'middle', 'large'] }));
    expect(JSON.stringify(await rowsOf(traces, { models: ['small', 'middle', 'large'] }))).toBe(once);
  });

  it('a probe hears every verdict, with and without opinions, and what each would have cost', async () => {
    const [row] = await rowsOf(traces, { models: ['small', 'middle', 'large'], probe: true });
    expect(row?.verdicts.map(({ model, opinions, spent }) => ({ model, opinions, spent }))).toEqual([
      { model: 'small', opinions: false, spent: 1 },
      { model: 'middle', opinions: true, spent: 3 },
    ]);
    expect(row).toMatchObject({ accepted: false, cost: 13 });
  });

  it('never invents an answer: the row says which is missing and counts for nothing', async () => {
    const holed = traces.map((trace, index) => (index % 4 === 0 ? { ...trace, answers: trace.answers.filter((answer) => answer.model !== 'large') } : trace));
    const failing: ReplayConfig['createAgent'] = (options) => {
      const inner = plainAgent(options);
      // The engine turns a model's failure into an error of its own.
      return { run: (messages) => inner.run(messages) };
    };
    const rows = await rowsOf(holed, { createAgent: failing });
    const missing = rows.filter((row) => row.unrecorded.length > 0);
    expect(missing.length).toBeGreaterThan(5);
    expect(missing.every((row) => row.error?.includes('no answer of large was recorded'))).toBe(true);
    const summary = summarise(rows);
    expect(summary.unrecorded).toEqual({ large: missing.length });
    expect(summary.rows + missing.length + summary.unlabelled).toBe(200);
  });

  it('uses given prices on recorded tokens, and says when a cost is unknown', async () => {
    const usage = { input: 1000, output: 500, cachedInput: 1000 };
    expect(priceOf(usage, { input: 1, output: 10, cachedInput: 0.1 })).toBeCloseTo(0.0061, 12);
    expect(priceOf({}, { input: 1, output: 10 })).toBeUndefined();
    const priced = traces.slice(0, 20).map((trace) => ({ ...trace, answers: trace.answers.map(({ cost: _, ...answer }) => ({ ...answer, usage })) }));
    expect(summarise(await rowsOf(priced)).unpriced).toBe(20);
    const rows = await rowsOf(priced, { prices: { small: { input: 1, output: 1 }, large: { input: 10, output: 10 } } });
    expect(rows[0]?.verifierCost).toBeCloseTo(0.025, 12);
    expect(summarise(rows).rows).toBe(20);
  });

  it('a calibration changes what is accepted', async () => {
    const closed: Calibration = {
      version: 1, createdAt: '', data: { fingerprint: '', rows: 0, models: [], labels: {} }, maps: [], priors: [], acceptChances: [], directBelow: 0, metrics: {},
      thresholds: [{ value: 1.01 }],
    };
    expect((await rowsOf(traces, { calibration: closed })).some((row) => row.accepted)).toBe(false);
  });

  it('says what it needs', async () => {
    await expect(rowsOf(traces, { models: [] })).rejects.toThrow('models: name at least one');
    const { request: _, ...bare } = traces[0] as Trace;
    await expect(rowsOf([bare])).rejects.toThrow('trace run-0: has no request');
    await expect(rowsOf(traces, { signal: AbortSignal.abort() })).rejects.toThrow('aborted');
  });
});
