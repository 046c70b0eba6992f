import { createReplayMemory, replay, type ReplayRow } from '@cascadeflow/calibration';
import type { Trace } from '@cascadeflow/contract';
import { createProgressChecks } from '@cascadeflow/quality';
import { expect, it } from 'vitest';
import { testIo } from '../command-line/io-doubles.ts';
import { engineFor } from './engine.ts';

const models = ['small', 'large'];

function traceOf(index: number, small: string | undefined): Trace {
  const answers = small === undefined ? [] : [{ provider: 'p', model: 'small', tier: 0, content: small, cost: 1 }];
  return {
    version: 1,
    runId: `run-${index}`,
    time: '2026-01-01T00:00:00Z',
    mode: 'record',
    request: { messages: [{ role: 'user', content: `What is ${index} plus 5?` }] },
    requestHash: `${index}`,
    models: [],
    target: 'balanced',
    answers: [...answers, { provider: 'p', model: 'large', tier: 1, content: `The answer is ${index + 5}.`, cost: 10 }],
    verdicts: [],
    attempts: [],
    latencyMs: 0,
  };
}

async function rowsOf(traces: readonly Trace[], config: Partial<Parameters<typeof replay>[1]> = {}): Promise<ReplayRow[]> {
  const rows: ReplayRow[] = [];
  for await (const row of replay(traces, { ...engineFor({}, testIo()), models, ...config })) rows.push(row);
  return rows;
}

it('a row does not depend on those before it: neither models that fail nor drafts that are turned down stop the next draft', async () => {
  const refusal = 'I am sorry, but I cannot help with that.';
  const earlier = Array.from({ length: 200 }, (_, index) => traceOf(index, index < 70 ? `The answer is ${index + 5}.` : index < 140 ? refusal : undefined));
  const last = traceOf(200, 'The answer is 205.');
  const rows = await rowsOf([...earlier, last]);
  expect(rows.at(-1)).toEqual((await rowsOf([last]))[0]);
  expect(rows.every((row) => row.calls[0] === 'small')).toBe(true);
});

it('watches the pieces of an answer once where it remembers them, and finds the same', async () => {
  const traces = [traceOf(1, 'I am sorry, but I cannot help with that.'), traceOf(2, 'The answer is 7.')];
  let watched = 0;
  const progress: typeof createProgressChecks = (input) => {
    watched++;
    return createProgressChecks(input);
  };
  const memory = createReplayMemory();
  const once = await rowsOf(traces, { progress, memory });
  expect(await rowsOf(traces, { progress, memory })).toEqual(once);
  expect(watched).toBe(2);
  expect(await rowsOf(traces)).toEqual(once);
});
