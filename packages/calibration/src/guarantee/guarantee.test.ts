import { describe, expect, it } from 'vitest';
import { createRandom, type Random } from '../interval/random.ts';
import type { JudgedPair } from '../metric/deferral-curve.ts';
import { bettingPValue } from './betting-test.ts';
import { certify } from './certify.ts';
import { lossPValue } from './loss-test.ts';

/** Traffic whose true loss is known: of drafts with score s, a share (1 - s) * risk is worse, a share gain is better. */
const draw = (random: Random, n: number, risk: number, gain = 0.02): JudgedPair[] =>
  Array.from({ length: n }, () => {
    const score = random();
    const luck = random();
    const worse = (1 - score) * risk;
    const draftQuality = luck < worse ? 0 : 1;
    const verifierQuality = luck > 1 - gain ? 0 : 1;
    return { score, draftQuality, verifierQuality, draftCost: 1, verifierCost: 10 };
  });
/** Integral of the loss over accepted scores. */
const trueLoss = (threshold: number, risk: number, gain = 0.02) => ((1 - threshold) ** 2 / 2) * risk - gain * (1 - threshold);

describe('tests of a loss', () => {
  it('no loss in n is the exact binomial, doubled for the second test', () => {
    expect(lossPValue({ worse: 0, better: 0, n: 200 }, 0.02)).toBeCloseTo(2 * 0.98 ** 200, 12);
    expect(lossPValue({ worse: 30, better: 0, n: 200 }, 0.02)).toBe(1);
  });

  it('gains make up for losses', () => {
    expect(lossPValue({ worse: 20, better: 20, n: 1000 }, 0.03)).toBeLessThan(0.02);
    expect(lossPValue({ worse: 20, better: 0, n: 1000 }, 0.03)).toBeGreaterThan(0.05);
  });

  it.each([[200, 0.02, 0.01], [500, 0.02, 0.03], [200, 0.05, 0.1]])('at the border (n %d, loss %d, better %d) it errs at most one time in twenty', (n, maxLoss, better) => {
    const random = createRandom(n);
    let [exact, betting] = [0, 0];
    const trials = 400;
    for (let trial = 0; trial < trials; trial++) {
      const losses = Array.from({ length: n }, () => {
        const luck = random();
        return luck < maxLoss + better ? 1 : luck > 1 - better ? -1 : 0;
      });
      const worse = losses.filter((loss) => loss > 0).length;
      if (lossPValue({ worse, better: losses.filter((loss) => loss < 0).length, n }, maxLoss) <= 0.05) exact++;
      if (bettingPValue(losses, maxLoss) <= 0.05) betting++;
    }
    const slack = 2 * Math.sqrt((0.05 * 0.95) / trials);
    expect(exact / trials).toBeLessThanOrEqual(0.05 + slack);
    expect(betting / trials).toBeLessThanOrEqual(0.05 + slack);
  });
});

describe('certify', { timeout: 60_000 }, () => {
  it('breaks its promise at most one time in twenty where the truth is known', () => {
    const random = createRandom(77);
    let [broken, certified] = [0, 0];
    const trials = 200;
    for (let trial = 0; trial < trials; trial++) {
      const result = certify(draw(random, 500, 0.4), { maxQualityLoss: 0.02 });
      if (!result.feasible) continue;
      certified++;
      if (trueLoss(result.threshold, 0.4) > 0.02) broken++;
    }
    expect(certified).toBeGreaterThan(trials / 2);
    expect(broken / trials).toBeLessThanOrEqual(0.05 + 2 * Math.sqrt((0.05 * 0.95) / trials));
  });

  it('certifies a good pair and says what it saves', () => {
    const result = certify(draw(createRandom(3), 1000, 0.1), { maxQualityLoss: 0.05 });
    expect(result).toMatchObject({ feasible: true, n: 1000 });
    if (result.feasible) expect(result.saved).toBeGreaterThan(0.3);
  });

  it('says that more rows would do, and about how many', () => {
    const few = certify(draw(createRandom(3), 60, 0.05), { maxQualityLoss: 0.02 });
    expect(few).toMatchObject({ feasible: false, reason: expect.stringContaining('60 rows are too few') });
    if (!few.feasible) expect(few.needed).toBeGreaterThan(100);
  });

  it('says that no number of rows would do on a hopeless pair', () => {
    const random = createRandom(4);
    const hopeless = Array.from({ length: 500 }, () => ({ score: random(), draftQuality: random() < 0.2 ? 1 : 0, verifierQuality: 1, draftCost: 1, verifierCost: 10 }));
    const result = certify(hopeless, { maxQualityLoss: 0.02 });
    expect(result).toMatchObject({ feasible: false, reason: expect.stringContaining('more rows would not help') });
    expect(result).not.toHaveProperty('needed');
    const dear = draw(random, 500, 0.1).map((pair) => ({ ...pair, draftCost: 20 }));
    expect(certify(dear, { maxQualityLoss: 0.05 })).toMatchObject({ feasible: false, reason: expect.stringContaining('verifier alone') });
  });

  it('takes graded scores', () => {
    const random = createRandom(5);
    const graded = Array.from({ length: 800 }, () => ({ score: random(), draftQuality: 0.7 + 0.1 * random(), verifierQuality: 0.7 + 0.1 * random(), draftCost: 1, verifierCost: 10 }));
    expect(certify(graded, { maxQualityLoss: 0.02 })).toMatchObject({ feasible: true, threshold: 0 });
  });

  it('refuses what makes no sense', () => {
    expect(() => certify([], { maxQualityLoss: 2 })).toThrow('maxQualityLoss: must be above 0');
    expect(() => certify([], { maxQualityLoss: 0.02, confidence: 95 })).toThrow('confidence: must be from 0.5');
    expect(() => certify([{ score: 3, draftQuality: 1, verifierQuality: 1, draftCost: 1, verifierCost: 1 }], { maxQualityLoss: 0.02 })).toThrow('pairs[0].score');
    expect(certify([], { maxQualityLoss: 0.02 }).feasible).toBe(false);
  });
});
