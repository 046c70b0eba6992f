import type { ModelInfo, ModelRequest, RouterInput } from '@cascadeflow/contract';
import { describe, expect, it } from 'vitest';
import { createRouter } from './index.ts';

const small: ModelInfo = { name: 'small', provider: 'p', tier: 0, price: { input: 0.15, output: 0.6 }, capabilities: {} };
const large: ModelInfo = { name: 'large', provider: 'p', tier: 1, price: { input: 2.5, output: 10 }, capabilities: {} };

function ask(text: string, over: Partial<RouterInput> = {}, request: Partial<ModelRequest> = {}): RouterInput {
  return {
    request: { messages: [{ role: 'user', content: text }], ...request },
    models: [small, large],
    target: 'balanced',
    secondOpinion: 'auto',
    ...over,
  };
}

describe('createRouter', () => {
  it('drafts with the cheapest model and keeps the dearest as verifier', async () => {
    const route = await createRouter()(ask('What is the capital of France?'));
    expect(route?.plan).toMatchObject({ tiers: [0, 1], start: 'draft', secondOpinion: 'auto', excluded: [] });
    expect(route?.reasons[0]).toMatch(/^small drafts first/);
  });

  it('drafts and verifies when it cannot tell how hard a request is', async () => {
    const route = await createRouter()(ask(''));
    expect(route?.complexity.label).toBe('unknown');
    expect(route?.plan.start).toBe('draft');
  });

  it('goes direct when the drafter costs nearly as much as the verifier', async () => {
    const near: ModelInfo = { ...small, price: { input: 2.4, output: 9.9 } };
    const route = await createRouter()(ask('Prove it.', { models: [near, large] }));
    expect(route?.plan).toMatchObject({ tiers: [1], start: 'direct' });
    expect(route?.reasons[0]).toContain('does not pay');
  });

  it('leaves out a model that cannot read images and says why', async () => {
    const blind: ModelInfo = { ...small, capabilities: { vision: false } };
    const image = { role: 'user', content: [{ type: 'image', url: 'https://example.org/a.png' }] } as const;
    const route = await createRouter()(ask('', { models: [blind, large] }, { messages: [image] }));
    expect(route?.domain).toMatchObject({ label: 'multimodal', confidence: 1 });
    expect(route?.plan).toMatchObject({ tiers: [1], start: 'direct', excluded: [{ model: 'small', reason: 'it cannot read images' }] });
  });

  it('names which need excluded whom when nobody is left', async () => {
    const models = [small, large].map((model) => ({ ...model, capabilities: { contextWindow: 100 } }));
    const run = async () => createRouter()(ask('word '.repeat(500), { models }));
    await expect(run()).rejects.toMatchObject({ code: 'no-capable-model' });
    await expect(run()).rejects.toThrow(/small: its context window of 100 tokens .*; large: its context window/);
  });

  it('obeys a rule of the user before everything else', async () => {
    const router = createRouter({ rules: [{ when: { metadata: { plan: 'gold' } }, use: 'large', reason: 'gold customers get the best' }] });
    const route = await router(ask('hi', { metadata: { plan: 'gold' } }));
    expect(route?.plan).toMatchObject({ tiers: [1], start: 'direct' });
    expect(route?.reasons).toEqual(['gold customers get the best']);
    expect((await router(ask('hi')))?.plan.start).toBe('draft');
  });
});

describe('options', () => {
  it.each([
    [{ policys: {} }, 'policys: this option does not exist'],
    [{ policies: { medicine: {} } }, 'policies.medicine: no domain is called "medicine"'],
    [{ policies: { medical: { minProbability: 2 } } }, 'policies.medical.minProbability: give a number from 0 to 1; got 2'],
    [{ policies: { medical: { bar: 1 } } }, 'policies.medical.bar: this option does not exist'],
    [{ rules: [{ when: { topic: 'x' }, use: 'large' }] }, 'rules[0].when.topic: this option does not exist'],
    [{ rules: [{ when: {}, use: { models: [] } }] }, 'rules[0].use.models: name at least one model'],
    [{ sessions: { ttlMs: 0 } }, 'sessions.ttlMs: give milliseconds above 0'],
  ])('refuses %j', (options, message) => {
    expect(() => createRouter(options as never)).toThrow(message);
  });
});
