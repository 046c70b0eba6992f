import type { Calibration, Trace } from '@cascadeflow/contract';
import { describe, expect, it, vi } from 'vitest';
import { scriptedAgent } from './agent-doubles.ts';
import { createDriftWatch } from './drift.ts';

describe('observe mode', () => {
  it("serves with today's model and runs the cascade beside it, for its traces", async () => {
    const traces: Trace[] = [];
    const { agent, done } = scriptedAgent([['good draft'], ['the model of today']], { mode: 'observe', observe: { sample: 1 }, trace: { write: (trace) => traces.push(trace), answers: true } });
    expect(await agent.run('question')).toMatchObject({ content: 'the model of today', modelUsed: 'm1', cascaded: false });
    await agent.close();
    await vi.waitFor(() => expect(traces).toHaveLength(2));
    done();
    const byMode = Object.fromEntries(traces.map((trace) => [trace.mode, trace]));
    expect(byMode['serve']).toMatchObject({ modelUsed: 'm1', answers: [{ content: 'the model of today' }] });
    expect(byMode['observe']).toMatchObject({ modelUsed: 'm0', answers: [{ content: 'good draft' }], requestHash: byMode['serve']?.requestHash });
  });

  it('leaves out what is not drawn, and stops when its money is spent', async () => {
    const draws = [0.05, 0.5, 0.05];
    const { agent, models } = scriptedAgent([['good'], ['a', 'b', 'c']], { mode: 'observe', observe: { sample: 0.1, budget: 1e-9 }, random: () => draws.shift() ?? 1 });
    for (let run = 0; run < 3; run++) {
      await agent.run('question');
      await agent.close();
    }
    expect(models[0]?.calls).toHaveLength(1);
  });
});

describe('traces', () => {
  it('hold no prompt and no answer unless asked for', async () => {
    const traces: Trace[] = [];
    const { agent } = scriptedAgent([['good secret answer'], []], { trace: { write: (trace) => traces.push(trace) } });
    await agent.run('secret question');
    await vi.waitFor(() => expect(traces).toHaveLength(1));
    expect(traces).toHaveLength(1);
    expect(JSON.stringify(traces)).not.toContain('secret');
    expect(traces[0]).toMatchObject({ version: 1, modelUsed: 'm0', totalCost: expect.any(Number), verdicts: [{ accept: true }] });
  });

  it('that cannot be written harm nothing and are reported', async () => {
    const failures: unknown[] = [];
    const { agent } = scriptedAgent([['good'], []], { trace: { write: () => { throw new Error('disk full'); }, onFailure: (error) => failures.push(error) } });
    expect((await agent.run('question')).content).toBe('good');
    await vi.waitFor(() => expect(failures).toHaveLength(1));
    expect(failures).toEqual([new Error('disk full')]);
  });

  it('are redacted or dropped as the hook says', async () => {
    const traces: Trace[] = [];
    const { agent } = scriptedAgent([['good', 'good'], []], { trace: { write: (trace) => traces.push(trace), redact: (trace) => (trace.sessionId === 'drop' ? undefined : { ...trace, runId: 'hidden' }) } });
    await agent.run('question', { sessionId: 'drop' });
    await agent.run('question', { sessionId: 'keep' });
    await vi.waitFor(() => expect(traces).toHaveLength(1));
    expect(traces.map((trace) => trace.runId)).toEqual(['hidden']);
  });
});

it('drift is told by acceptance or by other probabilities, after enough runs', () => {
  const expected: NonNullable<Calibration['expected']> = { acceptance: 0.7, histogram: [0, 0, 0, 0, 0, 0, 0.3, 0, 0, 0.7], rows: 500 };
  const same = createDriftWatch(expected);
  const lower = createDriftWatch(expected);
  const other = createDriftWatch(expected);
  for (let run = 0; run < 600; run++) {
    const accepted = run % 10 < 7;
    same.record(accepted ? 0.95 : 0.65, accepted);
    lower.record(accepted ? 0.95 : 0.65, run % 10 < 3);
    other.record(accepted ? 0.75 : 0.15, accepted);
    if (run === 100) expect(lower.warning).toBeUndefined();
  }
  expect(same.warning).toBeUndefined();
  expect(lower.warning).toContain('of drafts are accepted, 70% were');
  expect(other.warning).toContain('other probabilities');
});
