import { describe, expect, it } from 'vitest';
import { createRandom } from '../interval/random.ts';
import { aiq, costQualityHull } from './aiq.ts';
import { auarc } from './auarc.ts';
import { auroc } from './auroc.ts';
import { brier } from './brier.ts';
import { deferralCurve, type JudgedPair } from './deferral-curve.ts';
import { ece, reliability } from './ece.ts';
import { acceptance, qualityKept, qualityLoss, saved } from './outcome.ts';
import { apgr, cpt } from './performance-gap.ts';

const draws = (n: number, seed: number) => {
  const random = createRandom(seed);
  return Array.from({ length: n }, () => random());
};

describe('ranking', () => {
  it('auroc counts ordered pairs, ties half', () => {
    // pairs good/bad: (0.9,0.4)+ (0.9,0.5)+ (0.5,0.4)+ (0.5,0.5)half
    expect(auroc([0.9, 0.5, 0.5, 0.4], [true, true, false, false])).toBe(3.5 / 4);
    expect(auroc([1, 2, 3], [1, 0.6, 0.2])).toBe(0);
    expect(auroc([1, 2], [true, true])).toBeNaN();
    expect(auroc([], [])).toBeNaN();
  });

  it('auroc agrees with counting every pair', () => {
    const scores = draws(60, 3).map((x) => Math.round(x * 10));
    const labels = draws(60, 4).map((x) => x < 0.4);
    let won = 0;
    let pairs = 0;
    for (const [i, good] of labels.entries()) {
      for (const [j, other] of labels.entries()) {
        if (!good || other) continue;
        pairs++;
        won += (scores[i] ?? 0) > (scores[j] ?? 0) ? 1 : scores[i] === scores[j] ? 0.5 : 0;
      }
    }
    expect(auroc(scores, labels)).toBeCloseTo(won / pairs, 12);
  });

  it('auarc of a useless score is the mean quality, of a perfect one is higher, and order among ties is nothing', () => {
    expect(auarc([1, 1, 1, 1], [1, 0, 0, 1])).toBeCloseTo(0.5, 12);
    expect(auarc([4, 3, 2, 1], [1, 1, 0, 0])).toBeCloseTo((1 + 1 + 2 / 3 + 0.5) / 4, 12);
    expect(auarc([1, 1, 0], [1, 0, 1])).toBeCloseTo(auarc([1, 1, 0], [0, 1, 1]), 12);
    expect(() => auarc([Number.NaN], [1])).toThrow('score is NaN');
  });

  it('refuses arrays of different lengths', () => {
    expect(() => auroc([1], [])).toThrow('auroc: needs one label per score, was given 1 scores and 0 labels');
  });
});

describe('calibration of probabilities', () => {
  it('ece and brier are 0 for a prophet', () => {
    expect(ece([1, 0, 1], [true, false, true])).toBe(0);
    expect(brier([1, 0, 1], [true, false, true])).toBe(0);
    expect(brier([0.5, 0.5], [true, false])).toBe(0.25);
  });

  it('ece is small for honest probabilities and sees a constant error', () => {
    const said = draws(20_000, 7);
    const luck = draws(20_000, 8);
    const labels = said.map((p, index) => (luck[index] ?? 0) < p);
    expect(ece(said, labels)).toBeLessThan(0.015);
    expect(ece(said.map((p) => p * 0.8), labels)).toBeCloseTo(0.1, 1);
  });

  it('bins hold equal numbers and skip none', () => {
    const bins = reliability(draws(31, 1), draws(31, 2), 15);
    expect(bins).toHaveLength(15);
    expect(bins.reduce((sum, bin) => sum + bin.n, 0)).toBe(31);
    expect(Math.max(...bins.map((bin) => bin.n)) - Math.min(...bins.map((bin) => bin.n))).toBeLessThanOrEqual(1);
  });
});

describe('policies', () => {
  const outcome = (quality: number, cost: number, accepted: boolean) => ({ quality, cost, accepted, verifierQuality: 1, verifierCost: 10 });
  it('quality kept, saved, acceptance and loss bill every call', () => {
    const outcomes = [outcome(1, 1, true), outcome(0, 1, true), outcome(1, 11, false), outcome(1, 11, false)];
    expect(qualityKept(outcomes)).toBe(0.75);
    expect(saved(outcomes)).toBeCloseTo(1 - 24 / 40, 12);
    expect(acceptance(outcomes)).toBe(0.5);
    expect(qualityLoss(outcomes)).toBe(0.25);
  });

  const pair = (score: number, draftQuality: number, verifierQuality: number): JudgedPair => ({ score, draftQuality, verifierQuality, draftCost: 1, verifierCost: 10 });
  const pairs = [pair(0.9, 1, 1), pair(0.8, 1, 0), pair(0.3, 0, 1), pair(0.3, 0, 1)];

  it('the deferral curve runs from all escalated to all accepted and keeps ties together', () => {
    expect(deferralCurve(pairs)).toEqual([
      { threshold: Number.POSITIVE_INFINITY, deferral: 1, quality: 0.75, cost: 11 },
      { threshold: 0.9, deferral: 0.75, quality: 0.75, cost: 8.5 },
      { threshold: 0.8, deferral: 0.5, quality: 1, cost: 6 },
      { threshold: 0.3, deferral: 0, quality: 0.5, cost: 1 },
    ]);
    expect(deferralCurve([])).toEqual([]);
  });

  it('apgr is one half for scores that know nothing and cpt finds the smallest share', () => {
    const same = pairs.map((each) => ({ ...each, score: 1 }));
    expect(apgr(same)).toBeCloseTo(0.5, 10);
    expect(apgr(pairs)).toBeGreaterThan(0.9);
    expect(cpt(same, 0.5)).toBe(0.5);
    expect(cpt(pairs, 1)).toBe(0.25);
    expect(cpt([pair(1, 1, 1)], 0.5)).toBeNaN();
  });

  it('aiq is the area under the hull: a mix of two policies is worth no more than the line between them', () => {
    const ends = [{ cost: 0, quality: 0.4 }, { cost: 10, quality: 0.8 }];
    expect(aiq(ends)).toBeCloseTo(0.6, 12);
    expect(aiq([...ends, { cost: 5, quality: 0.5 }])).toBeCloseTo(0.6, 12);
    expect(aiq([...ends, { cost: 5, quality: 0.8 }])).toBeCloseTo(0.7, 12);
    expect(aiq(ends, { from: 0, to: 20 })).toBeCloseTo(0.7, 12);
    expect(aiq([{ cost: 3, quality: 0.7 }])).toBe(0.7);
    expect(costQualityHull([...ends, { cost: 12, quality: 0.7 }])).toEqual(ends);
  });
});
