import type { ModelInfo, Router, RouterInput } from '@cascadeflow/contract';
import { describe, expect, it } from 'vitest';
import { byExpectedGain } from './by-expected-gain.ts';
import { byComplexity, byDomain, firstMatch, fixed, shadow, type ShadowReport } from './combinators.ts';
import { split } from './split.ts';
import { withinBudget } from './within-budget.ts';

const small: ModelInfo = { name: 'small', provider: 'p', tier: 0, price: { input: 1, output: 1 }, capabilities: {} };
const large: ModelInfo = { name: 'large', provider: 'p', tier: 1, price: { input: 100, output: 100 }, capabilities: {} };
const ask = (text: string, sessionId?: string): RouterInput => ({
  request: { messages: [{ role: 'user', content: text }] }, models: [small, large], target: 'balanced', secondOpinion: 'auto', ...(sessionId !== undefined && { sessionId }),
});
const cheap = fixed('small');
const dear = fixed('large');
const nobody: Router = () => undefined;
const tiers = async (router: Router, input: RouterInput) => (await router(input))?.plan.tiers;

describe('fixed', () => {
  it('plans the named models in their order', async () => {
    const route = await fixed({ models: ['small', 'large'] })(ask('x'));
    expect(route?.plan).toMatchObject({ tiers: [0, 1], start: 'draft', excluded: [] });
    expect((await cheap(ask('x')))?.plan).toMatchObject({ tiers: [0], start: 'direct', excluded: [{ model: 'large', reason: 'the plan is fixed' }] });
  });

  it('names a model that is not configured', () => {
    expect(() => fixed('huge')(ask('x'))).toThrow('models[0]: no model is called "huge"; there are small, large');
    expect(() => fixed({ models: [] })).toThrow('models: name at least one model');
  });
});

it('chooses by level and by domain, and does not handle the rest', async () => {
  expect(await tiers(byComplexity({ trivial: cheap }), ask('hi'))).toEqual([0]);
  expect(await tiers(byComplexity({ expert: dear }), ask('hi'))).toBeUndefined();
  expect(await tiers(byDomain({ medical: dear }, { minConfidence: 0.2 }), ask('what are the side effects of aspirin'))).toEqual([1]);
  expect(await tiers(byDomain({ medical: dear }), ask('hello there'))).toBeUndefined();
});

it('asks in turn until one has an answer, promises included', async () => {
  expect(await tiers(firstMatch(nobody, async () => undefined, dear, cheap), ask('x'))).toEqual([1]);
  expect(await firstMatch(nobody)(ask('x'))).toBeUndefined();
});

describe('split', () => {
  it('keeps a session on one arm and divides by share', async () => {
    const router = split([{ router: cheap, share: 3 }, { router: dear, share: 1 }]);
    let toCheap = 0;
    for (let index = 0; index < 2000; index++) {
      const first = await tiers(router, ask('x', `s${index}`));
      expect(await tiers(router, ask('y', `s${index}`))).toEqual(first);
      if (first?.[0] === 0) toCheap++;
    }
    expect(toCheap / 2000).toBeGreaterThan(0.7);
    expect(toCheap / 2000).toBeLessThan(0.8);
  });

  it('refuses shares that cannot work', () => {
    expect(() => split([{ router: cheap, share: -1 }])).toThrow('arms[0].share');
    expect(() => split([])).toThrow('at least one arm');
  });
});

it('takes the dearest tiers out until the plan fits the limit, but never the last', async () => {
  const both = fixed({ models: ['small', 'large'] });
  expect(await tiers(withinBudget({ perRequest: 1 }, both), ask('x'))).toEqual([0, 1]);
  const cut = await withinBudget({ perRequest: 0.001 }, both)(ask('x'));
  expect(cut?.plan).toMatchObject({ tiers: [0], start: 'direct', excluded: [{ model: 'large' }] });
  expect(cut?.reasons[0]).toMatch(/^large left out/);
  expect(await tiers(withinBudget({ perRequest: 1e-9 }, both), ask('x'))).toEqual([0]);
});

it('sends requests with a large expected gain straight to the last model', async () => {
  const both = fixed({ models: ['small', 'large'] });
  expect(await tiers(byExpectedGain({ directFrom: -1 }, both), ask('Prove it for n = 4'))).toEqual([1]);
  expect(await tiers(byExpectedGain({ directFrom: 1 }, both), ask('Prove it for n = 4'))).toEqual([0, 1]);
});

it('acts on the first router and reports both, whatever the second does', async () => {
  const seen: ShadowReport[] = [];
  const failing: Router = () => {
    throw new Error('broken');
  };
  expect(await tiers(shadow(cheap, dear, (report) => seen.push(report)), ask('x'))).toEqual([0]);
  expect(await tiers(shadow(cheap, failing, (report) => seen.push(report)), ask('x'))).toEqual([0]);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(seen[0]).toMatchObject({ agree: false, taken: { plan: { tiers: [0] } }, shadow: { plan: { tiers: [1] } } });
  expect(seen[1]?.error).toBeInstanceOf(Error);
});
