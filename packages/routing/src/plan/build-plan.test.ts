import type { Assessment, Complexity, Domain, ModelInfo, RouterInput } from '@cascadeflow/contract';
import { describe, expect, it } from 'vitest';
import { buildPlan, type PlanOptions } from './build-plan.ts';
import type { RoutingFacts } from './facts.ts';
import { readNeeds } from './preflight.ts';

const model = (name: string, tier: number, price: number, more: Partial<ModelInfo> = {}): ModelInfo => ({ name, provider: 'p', tier, price: { input: price, output: price }, capabilities: {}, ...more });
const small = model('small', 0, 0.2);
const middle = model('middle', 1, 1);
const large = model('large', 2, 10);

interface Situation {
  readonly models?: readonly ModelInfo[];
  readonly domain?: Assessment<Domain>;
  readonly complexity?: Assessment<Complexity>;
  readonly expectedFailure?: number;
  readonly secondOpinion?: RouterInput['secondOpinion'];
}

function plan(situation: Situation = {}, options: PlanOptions = {}) {
  const request = { messages: [{ role: 'user', content: 'a question' }] } as const;
  const input: RouterInput = { request, models: situation.models ?? [small, middle, large], target: 'balanced', secondOpinion: situation.secondOpinion ?? 'auto' };
  const facts: RoutingFacts = {
    input,
    domain: situation.domain ?? { label: 'general', confidence: 0.4 },
    complexity: situation.complexity ?? { label: 'moderate', confidence: 0.5 },
    expectedFailure: situation.expectedFailure ?? 0.35,
    needs: readNeeds(request),
  };
  return buildPlan(facts, options);
}

describe('expected cost', () => {
  it('keeps every drafter that is cheap enough', () => {
    expect(plan().plan).toMatchObject({ tiers: [0, 1, 2], start: 'draft', acceptChance: 0.65, secondOpinion: 'auto' });
  });

  it('drops the drafter that costs more than it is expected to save', () => {
    expect(plan({ models: [small, model('near', 1, 8), large] }).plan.tiers).toEqual([0, 2]);
  });

  it('never goes direct while the drafter costs a twentieth, however hard the request', () => {
    expect(plan({ models: [model('s', 0, 0.5), model('l', 1, 10)], expectedFailure: 0.99 }).plan.start).toBe('draft');
  });

  it('drafts when prices are unknown', () => {
    const { price: _, ...unpriced } = small;
    expect(plan({ models: [unpriced, large], expectedFailure: 0.95 }).plan.start).toBe('draft');
  });
});

describe('policies', () => {
  const policies = { medical: { minProbability: 0.95 }, legal: { direct: true }, code: { models: ['middle', 'large'], secondOpinion: 'off' } } as const;

  it('raises the bar in a domain', () => {
    const { plan: made, reasons } = plan({ domain: { label: 'medical', confidence: 0.8 } }, { policies });
    expect(made).toMatchObject({ minProbability: 0.95, start: 'draft' });
    expect(reasons[0]).toBe('the policy for medical holds: the request is about it with probability 80%');
  });

  it('goes straight to the dearest model', () => {
    expect(plan({ domain: { label: 'legal', confidence: 0.6 } }, { policies }).plan).toMatchObject({ tiers: [2], start: 'direct' });
  });

  it('does not hold below its confidence', () => {
    expect(plan({ domain: { label: 'legal', confidence: 0.4 } }, { policies }).plan.start).toBe('draft');
  });

  it('keeps to the named models and narrows the second opinion, never widens it', () => {
    const domain = { label: 'code', confidence: 0.9 } as const;
    expect(plan({ domain }, { policies }).plan).toMatchObject({ tiers: [1, 2], secondOpinion: 'off' });
    expect(plan({ domain: { label: 'math', confidence: 0.9 }, secondOpinion: 'off' }, { policies: { math: { secondOpinion: 'always' } } }).plan.secondOpinion).toBe('off');
  });
});

describe('specialists', () => {
  const coder = model('coder', 1, 1, { domains: ['code'] });

  it('draft first in their domain', () => {
    expect(plan({ models: [small, coder, large], domain: { label: 'code', confidence: 0.9 } }).plan.tiers).toEqual([1, 0, 2]);
  });

  it('stay out of other domains, with the reason', () => {
    const { plan: made } = plan({ models: [small, coder, large], domain: { label: 'creative', confidence: 0.9 } });
    expect(made.tiers).toEqual([0, 2]);
    expect(made.excluded).toEqual([{ model: 'coder', reason: 'it is meant for code' }]);
  });

  it('answer all the same when nobody else is there', () => {
    expect(plan({ models: [coder], domain: { label: 'legal', confidence: 0.9 } }).plan).toMatchObject({ tiers: [1], start: 'direct' });
  });
});

describe('rules', () => {
  it('come before policies, and the first that holds decides', () => {
    const { plan: made, reasons } = plan(
      { domain: { label: 'legal', confidence: 0.9 } },
      { policies: { legal: { direct: true } }, rules: [{ when: { complexity: 'expert' }, use: 'large' }, { when: { domain: ['legal', 'medical'] }, use: { models: ['middle', 'large'], minProbability: 0.9 }, reason: 'counsel wants a second pair of eyes' }] },
    );
    expect(made).toMatchObject({ tiers: [1, 2], start: 'draft', minProbability: 0.9 });
    expect(reasons[0]).toBe('counsel wants a second pair of eyes');
  });

  it('may be functions of the facts', () => {
    expect(plan({}, { rules: [{ when: (facts) => facts.needs.promptTokens < 50, use: 'small' }] }).plan).toMatchObject({ tiers: [0], start: 'direct' });
  });

  it('say which need excluded whom when they name a model that cannot take the request', () => {
    const blind = model('blind', 0, 0.1, { capabilities: { contextWindow: 10 } });
    expect(() => plan({ models: [blind, large] }, { rules: [{ when: {}, use: 'blind' }] })).toThrow(/blind: its context window of 10 tokens.*large: a rule or policy names other models/);
  });
});
