import { expect, test } from 'vitest';
import { createReport, formatTarget } from './report.ts';
import { bootstrapInterval, createRandom, mean, percentile } from './statistics.ts';
import { timePair, timeTask } from './timing.ts';

test('percentiles lie between neighbours', () => {
  expect(percentile([4, 1, 3, 2], 0.5)).toBe(2.5);
  expect(percentile([1, 2, 3, 4, 5], 0.99)).toBeCloseTo(4.96);
  expect(percentile([], 0.5)).toBeNaN();
});

test('a bootstrap interval holds the truth and repeats for its seed', () => {
  const random = createRandom(7);
  const rows = Array.from({ length: 400 }, () => random());
  const interval = bootstrapInterval(rows, mean, { seed: 3 });
  expect(interval[0]).toBeLessThan(0.5);
  expect(interval[1]).toBeGreaterThan(0.5);
  expect(interval[1] - interval[0]).toBeLessThan(0.1);
  expect(bootstrapInterval(rows, mean, { seed: 3 })).toEqual(interval);
});

test('targets are held at the bound, missed beyond it and by what is not a number', () => {
  const report = createReport(() => {});
  report.target('p50', 0.08, { atMost: 0.08 }, { unit: 'ms', n: 10 });
  report.target('kept', 97.9, { atLeast: 98 }, { unit: '%' });
  report.target('empty', Number.NaN, { atMost: 1 });
  expect(report.targets.map(formatTarget)).toEqual([
    'held   p50: 0.08 ms (n = 10), at most 0.08',
    'MISSED kept: 97.9%, at least 98',
    'MISSED empty: NaN, at most 1',
  ]);
});

test('both tasks of a pair run equally often, warm-up included', async () => {
  const calls = { first: 0, second: 0 };
  const times = await timePair(() => calls.first++, async () => calls.second++, { runs: 10, warmUp: 4 });
  expect(calls).toEqual({ first: 14, second: 14 });
  expect(times.difference.n).toBe(10);
  expect(await timeTask(() => {}, { runs: 5, warmUp: 0 })).toHaveLength(5);
});
