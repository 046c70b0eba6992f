import { describe, expect, it } from 'vitest';
import { binomialCdf, binomialUpperBound, clopperPearson } from './binomial.ts';
import { bootstrapInterval, quantile } from './bootstrap-interval.ts';
import { createRandom, shuffled } from './random.ts';
import { wilson } from './wilson.ts';

const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('random', () => {
  it('repeats for a seed, differs between seeds, and is even', () => {
    const draw = (seed: number) => { const random = createRandom(seed); return Array.from({ length: 5 }, random); };
    expect(draw(5)).toEqual(draw(5));
    expect(draw(5)).not.toEqual(draw(6));
    const random = createRandom(0);
    const values = Array.from({ length: 50_000 }, random);
    expect(mean(values)).toBeCloseTo(0.5, 2);
    expect(mean(values.map((x, index) => (x - 0.5) * ((values[index + 1] ?? 0.5) - 0.5)))).toBeCloseTo(0, 2);
    expect(shuffled([1, 2, 3, 4, 5], createRandom(2)).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5]);
  });
});

describe('binomial', () => {
  it('sums what a small case sums to by hand', () => {
    expect(binomialCdf(1, 3, 0.5)).toBeCloseTo(0.5, 14);
    expect(binomialCdf(0, 5000, 0.001)).toBeCloseTo(0.999 ** 5000, 12);
    expect(binomialCdf(5, 100_000, 0.5)).toBe(0);
  });

  it('gives the bounds of the published tables', () => {
    // Rule of three: no event in n gives an upper 95% bound of 1 - 0.05^(1/n).
    expect(binomialUpperBound(0, 100, 0.05)).toBeCloseTo(1 - 0.05 ** 0.01, 10);
    const exact = clopperPearson(10, 100);
    expect(exact.low).toBeCloseTo(0.0490, 4);
    expect(exact.high).toBeCloseTo(0.1762, 4);
    const near = wilson(10, 100);
    expect(near.low).toBeCloseTo(0.0552, 4);
    expect(near.high).toBeCloseTo(0.1744, 4);
    expect(clopperPearson(0, 0)).toEqual({ low: 0, high: 1 });
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 });
  });
});

describe('bootstrap', () => {
  it('holds the truth about as often as it says', () => {
    const random = createRandom(11);
    let held = 0;
    for (let trial = 0; trial < 200; trial++) {
      const rows = Array.from({ length: 80 }, () => (random() < 0.3 ? 1 : 0));
      const interval = bootstrapInterval(rows, mean, { resamples: 200, seed: trial });
      if (interval.low <= 0.3 && 0.3 <= interval.high) held++;
    }
    expect(held / 200).toBeGreaterThan(0.88);
  });

  it('is wider when rows of one question are drawn together, and repeats exactly', () => {
    const rows = Array.from({ length: 200 }, (_, index) => ({ question: String(index % 20), value: (index % 20) / 20 }));
    const statistic = (drawn: readonly { value: number }[]) => mean(drawn.map((row) => row.value));
    const apart = bootstrapInterval(rows, statistic);
    const together = bootstrapInterval(rows, statistic, { group: (row) => row.question });
    expect(together.high - together.low).toBeGreaterThan(2 * (apart.high - apart.low));
    expect(bootstrapInterval(rows, statistic)).toEqual(apart);
    expect(bootstrapInterval([], mean)).toMatchObject({ n: 0, low: Number.NaN });
    expect(quantile([1, 2, 3, 4], 0.5)).toBe(2.5);
  });
});
