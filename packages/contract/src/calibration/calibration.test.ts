import { describe, expect, it } from 'vitest';
import type { JudgeInput, Verdict } from '../verdict.ts';
import type { Route } from '../route.ts';
import { calibrateRoute } from './calibrate-route.ts';
import { calibrateVerdict, mapProbability } from './calibrate-verdict.ts';
import type { Calibration, ProbabilityMap } from './calibration.ts';
import { parseCalibration } from './parse-calibration.ts';

const map = (part: Partial<ProbabilityMap> = {}): ProbabilityMap => ({ intercept: 0, slope: 1, signals: [], rows: 100, ...part });
const calibration = (part: Partial<Calibration> = {}): Calibration => ({
  version: 1,
  createdAt: '2026-01-02T03:04:05.000Z',
  data: { fingerprint: 'f', rows: 100, models: ['small', 'large'], labels: { gold: 100 } },
  maps: [],
  thresholds: [],
  priors: [],
  acceptChances: [],
  directBelow: 0,
  metrics: {},
  ...part,
});
const route = (domain = 'math', complexity = 'simple'): Route => ({
  complexity: { label: complexity as 'simple', confidence: 1 },
  domain: { label: domain as 'math', confidence: 1 },
  plan: { tiers: [0, 1], start: 'draft', secondOpinion: 'off', excluded: [] },
  reasons: ['plain'],
});
const input = (part: Partial<JudgeInput> = {}): JudgeInput => ({
  request: { messages: [{ role: 'user', content: 'hi' }] },
  draft: { provider: 'p', model: 'small', tier: 0, content: 'hello', toolCalls: [], finishReason: { unified: 'stop' }, complete: true },
  target: 'balanced',
  model: { name: 'small', provider: 'p', tier: 0, capabilities: {} },
  route: route(),
  ...part,
});
const verdict = (part: Partial<Verdict> = {}): Verdict => ({ accept: true, probability: 0.8, threshold: 0.7, signals: [{ name: 'length', value: 3, weight: 0.1 }], reason: 'fine', ...part });

describe('a calibrated verdict', () => {
  it('is the judge\'s own where nothing was learned', () => {
    expect(calibrateVerdict(calibration(), input(), verdict())).toMatchObject({ accept: true, probability: 0.8, threshold: 0.7, reason: 'fine' });
  });

  it('takes the map of the drafter before the general one, and turns over the decision with a reason', () => {
    const learned = calibration({ maps: [map({ intercept: 3 }), map({ model: 'small', intercept: -2 }), map({ model: 'other', intercept: 9 })] });
    const after = calibrateVerdict(learned, input(), verdict());
    expect(after.probability).toBeCloseTo(1 / (1 + Math.exp(2) / 4), 12);
    expect(after.accept).toBe(false);
    expect(after.reason).toContain('0.35, which is below the calibrated bar of 0.70');
    expect(after.signals.at(-1)).toMatchObject({ name: 'calibration' });
  });

  it('asks for an opinion when it no longer accepts and another drafter is there', () => {
    const strict = calibration({ thresholds: [{ value: 0.95 }] });
    expect(calibrateVerdict(strict, input({ canAskOpinion: true }), verdict()).wantsOpinion).toBe(true);
    expect(calibrateVerdict(strict, input(), verdict()).wantsOpinion).toBeUndefined();
    expect(calibrateVerdict(calibration({ thresholds: [{ value: 0.1 }] }), input({ canAskOpinion: true }), verdict({ wantsOpinion: true })).wantsOpinion).toBeUndefined();
  });

  it('a level gets its own bar, and a bar that the caller set stays', () => {
    const learned = calibration({ thresholds: [{ value: 0.5 }, { level: 'strict', value: 0.9 }, { level: 'strict', domain: 'math', value: 0.85 }] });
    expect(calibrateVerdict(learned, input(), verdict()).threshold).toBe(0.5);
    expect(calibrateVerdict(learned, input({ target: 'strict' }), verdict()).threshold).toBe(0.85);
    expect(calibrateVerdict(learned, input({ target: { minProbability: 0.99 } }), verdict({ threshold: 0.99 })).threshold).toBe(0.99);
    expect(calibrateVerdict(learned, input({ minProbability: 0.6 }), verdict({ threshold: 0.6 })).threshold).toBe(0.6);
  });

  it('a level that is left to the judge keeps its probability, its bar and its decision', () => {
    const left = calibration({ asJudged: ['balanced'], maps: [map({ intercept: -3 })], thresholds: [{ level: 'strict', value: 0.9 }] });
    const own = verdict();
    expect(calibrateVerdict(left, input(), own)).toBe(own);
    expect(calibrateVerdict(left, input({ target: 'strict' }), own)).toMatchObject({ accept: false, threshold: 0.9 });
  });

  it('a veto stays a veto', () => {
    const vetoed = verdict({ accept: false, veto: 'The draft is empty.' });
    expect(calibrateVerdict(calibration({ thresholds: [{ value: 0 }] }), input(), vetoed)).toBe(vetoed);
  });

  it('signals pull at most four scales, absent ones not at all, and knots come last', () => {
    const pulled = map({ slope: 0, signals: [{ name: 'length', mean: 1, scale: 0.1, weight: 0.5 }, { name: 'agreement', mean: 0, scale: 1, weight: 5 }] });
    expect(mapProbability(pulled, verdict())).toBeCloseTo(1 / (1 + Math.exp(-2)), 12);
    expect(mapProbability(map({ domains: { math: -1 }, slope: 0 }), verdict(), 'math')).toBeCloseTo(1 / (1 + Math.E), 12);
    expect(mapProbability(map({ knots: [[0.5, 0.2], [0.9, 0.4]] }), verdict())).toBeCloseTo(0.35, 12);
    expect(mapProbability(map({ knots: [[0.5, 0.2], [0.9, 0.4]] }), verdict({ probability: 1 }))).toBe(0.4);
    expect(mapProbability(map(), verdict({ probability: 0 }))).toBeCloseTo(0, 5);
  });
});

describe('a calibrated route', () => {
  const learned = calibration({ directBelow: 0.2, acceptChances: [{ chance: 0.6, rows: 90 }, { domain: 'legal', chance: 0.05, rows: 40 }] });
  it('goes direct where drafts are hardly ever accepted, and says so', () => {
    const direct = calibrateRoute(learned, route('legal'));
    expect(direct.plan).toMatchObject({ tiers: [1], start: 'direct', acceptChance: 0.05 });
    expect(direct.reasons[0]).toContain('5% of drafts');
    expect(calibrateRoute(learned, route('math')).plan).toMatchObject({ tiers: [0, 1], start: 'draft', acceptChance: 0.6 });
  });
});

describe('a calibration file', () => {
  it('that is whole is handed back', () => {
    const whole = calibration({ maps: [map({ knots: [[0, 0], [1, 1]] })], thresholds: [{ value: 0.5 }] });
    expect(parseCalibration(JSON.parse(JSON.stringify(whole)))).toEqual(whole);
  });

  it.each([
    [{ version: 2 }, 'calibration.version: is 2, this release reads version 1'],
    [{ maps: [map(), { ...map(), slope: -1 }] }, 'calibration.maps[1].slope: must be from 0'],
    [{ maps: [{ ...map(), knots: [[0.5, 0.5], [0.6, 0.4]] }] }, 'calibration.maps[0].knots[1]: must not fall'],
    [{ thresholds: [{ value: 'high' }] }, 'calibration.thresholds[0].value: must be a number'],
    [{ asJudged: 'balanced' }, 'calibration.asJudged: must be a list'],
    [{ asJudged: ['strict', 'blanced'] }, 'calibration.asJudged[1]: must be one of economy, balanced, strict, is "blanced"'],
    [{ directBelow: 7 }, 'calibration.directBelow: must be from 0 to 1, is 7'],
    [{ data: undefined }, 'calibration.data: must be an object'],
  ])('with a bad field names it: %j', (part, message) => {
    expect(() => parseCalibration(JSON.parse(JSON.stringify({ ...calibration(), ...part })))).toThrow(message);
  });
});
