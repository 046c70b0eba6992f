import { mapProbability } from '@cascadeflow/contract';
import { describe, expect, it } from 'vitest';
import { createRandom } from '../interval/random.ts';
import { auroc } from '../metric/auroc.ts';
import { ece } from '../metric/ece.ts';
import { groupedFolds } from './folds.ts';
import { fitIsotonic } from './isotonic.ts';
import { fitLogistic, logit, sigmoid } from './logistic.ts';
import { fitPlatt } from './platt.ts';
import { fitProbabilityMap, type JudgedDraft } from './probability-map.ts';
import { solveSymmetric } from './solve.ts';

describe('linear systems', () => {
  it('solves one whose unknowns hang together, from its lower half alone', () => {
    const matrix = [[4], [2, 5], [-3, 1, 6]];
    const solution = solveSymmetric(matrix, [4 * 1 + 2 * -2 - 3 * 3, 2 * 1 + 5 * -2 + 1 * 3, -3 * 1 + 1 * -2 + 6 * 3]);
    for (const [index, value] of [1, -2, 3].entries()) expect(solution[index]).toBeCloseTo(value, 12);
  });
});

describe('logistic regression', () => {
  it('finds the coefficients that made the data', () => {
    const random = createRandom(1);
    const features = Array.from({ length: 20_000 }, () => [1, random() * 4 - 2, random() * 4 - 2]);
    const labels = features.map(([, a = 0, b = 0]) => (random() < sigmoid(0.5 + a - 2 * b) ? 1 : 0));
    const [intercept, a, b] = fitLogistic({ features, labels }, { strength: [0, 0, 0] });
    expect(intercept).toBeCloseTo(0.5, 1);
    expect(a).toBeCloseTo(1, 1);
    expect(b).toBeCloseTo(-2, 1);
  });

  it('stays finite when the classes come apart, and at its prior when told to', () => {
    const features = [[1, -1], [1, 1]];
    const [, slope = 0] = fitLogistic({ features, labels: [0, 1] }, { strength: [1, 1] });
    expect(slope).toBeGreaterThan(0);
    expect(slope).toBeLessThan(2);
    const held = fitLogistic({ features, labels: [0, 1] }, { strength: [1e9, 1e9], prior: [3, -1] });
    expect(held[0]).toBeCloseTo(3, 4);
    expect(held[1]).toBeCloseTo(-1, 4);
    expect(() => fitLogistic({ features: [], labels: [] }, { strength: [] })).toThrow('at least one row');
  });
});

describe('calibration maps', () => {
  it('Platt undoes an overconfident judge', () => {
    const random = createRandom(2);
    const truth = Array.from({ length: 20_000 }, () => random());
    const labels = truth.map((p) => random() < p);
    const { intercept, slope } = fitPlatt(truth.map((p) => sigmoid(3 * logit(p) + 1)), labels);
    expect(slope).toBeCloseTo(1 / 3, 1);
    expect(intercept).toBeCloseTo(-1 / 3, 1);
    expect(fitPlatt([], [])).toEqual({ intercept: 0, slope: 1 });
    expect(fitPlatt([0.9, 0.1, 0.9, 0.1, 0.9, 0.1, 0.8, 0.2], [0, 1, 0, 1, 0, 1, 0, 1]).slope).toBe(0);
  });

  it('isotonic pools what falls and never falls itself', () => {
    expect(fitIsotonic([0.1, 0.2, 0.3, 0.4], [0, 1, 0, 1])).toEqual([[0.1, 0], [0.2, 0.5], [0.3, 0.5], [0.4, 1]]);
    expect(fitIsotonic([0.5, 0.5], [1, 0])).toEqual([[0.5, 0.5]]);
    expect(fitIsotonic([], [])).toEqual([]);
  });

  it('folds test every row once and never split a question', () => {
    const rows = Array.from({ length: 50 }, (_, index) => ({ index, question: String(index % 17) }));
    const folds = groupedFolds(rows, (row) => row.question, 5);
    expect(folds.flatMap((fold) => fold.test.map((row) => row.index)).sort((a, b) => a - b)).toEqual(rows.map((row) => row.index));
    for (const { train, test } of folds) {
      const seen = new Set(train.map((row) => row.question));
      expect(test.filter((row) => seen.has(row.question))).toEqual([]);
    }
    expect(() => groupedFolds(rows.slice(0, 3), (row) => row.question, 5)).toThrow('3 questions');
  });

  const drafts = (n: number, seed: number): JudgedDraft[] => {
    const random = createRandom(seed);
    return Array.from({ length: n }, (_, index) => {
      const hint = random() * 2 - 1;
      const noise = random();
      const domain = index % 2 === 0 ? 'math' : 'legal';
      const quality = random() < sigmoid(2 * hint + (domain === 'math' ? 1 : -1)) ? 1 : 0;
      return { verdict: { probability: 0.3 + 0.4 * random(), signals: [{ name: 'hint', value: 10 + hint, weight: 0 }, { name: 'noise', value: noise, weight: 0 }] }, quality, domain, group: String(index) };
    });
  };

  it('learns from a signal and a domain that the judge overlooked, on rows it has not seen', () => {
    const map = fitProbabilityMap(drafts(600, 5));
    const unseen = drafts(2000, 6);
    const after = unseen.map((row) => mapProbability(map, row.verdict, row.domain));
    const labels = unseen.map((row) => row.quality);
    expect(auroc(unseen.map((row) => row.verdict.probability), labels)).toBeLessThan(0.55);
    expect(auroc(after, labels)).toBeGreaterThan(0.78);
    expect(ece(after, labels)).toBeLessThan(0.06);
  });

  it('leaves an honest judge alone when there are few rows', () => {
    const random = createRandom(9);
    const few = Array.from({ length: 12 }, (_, index) => {
      const probability = random();
      return { verdict: { probability, signals: [] }, quality: random() < probability ? 1 : 0, group: String(index % 6) };
    });
    const map = fitProbabilityMap(few);
    for (const p of [0.2, 0.5, 0.8]) expect(Math.abs(mapProbability(map, { probability: p, signals: [] }) - p)).toBeLessThan(0.2);
    expect(() => fitProbabilityMap([])).toThrow('needs judged drafts');
  });
});
