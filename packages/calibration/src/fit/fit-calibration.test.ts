import { parseCalibration } from '@cascadeflow/contract';
import { describe, expect, it } from 'vitest';
import { madeTraces, plainAgent, readingJudge } from '../replay/agent-double.ts';
import { replay, type ReplayConfig } from '../replay/replay.ts';
import type { ReplayRow } from '../replay/replay-row.ts';
import { summarise } from '../replay/summarise.ts';
import { fitCalibration } from './fit-calibration.ts';

const models = [
  { name: 'small', easy: 0.95, hard: 0.4, cost: 1, insight: 0.4 },
  { name: 'large', easy: 0.97, hard: 0.85, cost: 10 },
];
const names = models.map((model) => model.name);

async function rowsOf(traces: Parameters<typeof replay>[0], part: Partial<ReplayConfig> = {}) {
  const rows: ReplayRow[] = [];
  for await (const row of replay(traces, { createAgent: plainAgent, judge: readingJudge(), models: names, ...part })) rows.push(row);
  return rows;
}

describe('fitting a calibration', { timeout: 60_000 }, () => {
  const past = madeTraces(800, models, 1);
  const future = madeTraces(2000, models, 2);

  it('predicts what it then saves and keeps on traffic it has not seen', async () => {
    const calibration = await fitCalibration(await rowsOf(past, { probe: true }), past, { models: names, createdAt: new Date(0) });
    expect(parseCalibration(JSON.parse(JSON.stringify(calibration)))).toEqual(calibration);
    const realised = summarise(await rowsOf(future, { calibration, quality: 'balanced' }));
    expect(Math.abs(realised.saved.value - (calibration.metrics['saved'] ?? 0))).toBeLessThan(0.05);
    expect(realised.qualityKept.value).toBeGreaterThan(0.97);
    expect(calibration.metrics['calibrated.ece']).toBeLessThan(calibration.metrics['judge.ece'] ?? 0);
    expect(calibration.data).toMatchObject({ rows: 800, models: names, labels: { gold: 1600 } });
    expect(calibration.priors.find((prior) => prior.model === 'large' && prior.domain === undefined)?.quality).toBeCloseTo(0.91, 1);
    expect(calibration.directBelow).toBeCloseTo(0.1, 6);
    expect(calibration.expected?.histogram.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
  });

  it('gives the same file for the same rows, and another fingerprint for others', async () => {
    const fit = async (traces: typeof past) => fitCalibration(await rowsOf(traces, { probe: true }), traces, { models: names, createdAt: new Date(0) });
    const file = await fit(past.slice(0, 200));
    expect(await fit(past.slice(0, 200))).toEqual(file);
    expect((await fit(past.slice(1, 201))).data.fingerprint).not.toBe(file.data.fingerprint);
  });

  it('refuses to fit on a handful', async () => {
    await expect(fitCalibration(await rowsOf(past.slice(0, 20), { probe: true }), past, { models: names })).rejects.toThrow('at least 50 questions with labels, costs and every model\'s answer; there are 20');
  });
});
