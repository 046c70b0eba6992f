import { type CascadeEvent, CascadeError } from '@cascadeflow/contract';
import { repeatingModel, virtualClock } from '@cascadeflow/testing';
import { describe, expect, it } from 'vitest';
import { plainRouter, scriptedAgent, wordJudge } from './agent-doubles.ts';
import { CascadeAgent } from './agent.ts';
import { pursesOf } from './budget.ts';
import { createMemoryBudgetStore } from './memory-budget-store.ts';

const usage = { input: 100, output: 50 };

describe('a budget', () => {
  it('is reserved before the first call and settled to what the run cost', async () => {
    const events: CascadeEvent[] = [];
    const store = createMemoryBudgetStore();
    const { agent } = scriptedAgent([[{ text: 'good', usage }], []], { budgets: { rules: [{ per: 'user', limit: 1 }], store }, onEvent: (event) => events.push(event) });
    const result = await agent.run('question', { user: 'ann', maxTokens: 1000 });
    expect(events.map((event) => event.type).slice(1, 4)).toEqual(['route-choose', 'budget-reserve', 'draft-start']);
    expect(events.find((event) => event.type === 'budget-settle')).toMatchObject({ scopes: ['user:ann'], spent: result.totalCost });
    expect(await store.read('user:ann')).toEqual({ spent: 150e6, reserved: 0 });
  });

  it('refuses a run before money is spent', async () => {
    const { agent, done } = scriptedAgent([[]], { budgets: { rules: [{ per: 'run', limit: 1e-6 }] } });
    await expect(agent.run('question')).rejects.toMatchObject({ code: 'budget-exceeded', limit: 1e-6, spend: { totalCost: 0 } });
    done();
  });

  it('goes on with the cheapest model alone where that is asked for', async () => {
    const { agent, done } = scriptedAgent([[{ text: 'bad', usage }], []], { budgets: { rules: [{ per: 'run', limit: 0.002, atLimit: 'cheapest-only' }] } });
    const result = await agent.run('question', { maxTokens: 1000 });
    done();
    expect(result).toMatchObject({ modelUsed: 'm0', warnings: [expect.stringContaining('only the cheapest model')] });
  });

  it('limits what a model may write when nobody else does', async () => {
    const { agent, models } = scriptedAgent([['good']], { budgets: { rules: [{ per: 'agent', limit: 1 }] } });
    await agent.run('question');
    expect(models[0]?.calls[0]?.request.maxTokens).toBe(4096);
  });

  it('lets exactly as many of a thousand concurrent runs through as it has money for', async () => {
    const perRun = { input: 10, output: 100 };
    const model = repeatingModel(() => ({ text: 'good', usage: perRun }), { id: 'm' });
    const store = createMemoryBudgetStore();
    const agent = new CascadeAgent({
      judge: wordJudge,
      router: plainRouter,
      estimateTokens: () => 4,
      models: [{ name: 'm', model, cost: { input: 1, output: 1 } }],
      budgets: { rules: [{ per: 'agent', limit: 100 * 110e-6 }], store },
    });
    const outcomes = await Promise.allSettled(Array.from({ length: 1000 }, () => agent.run('q', { maxTokens: 100 })));
    const passed = outcomes.filter((outcome) => outcome.status === 'fulfilled').length;
    const refused = outcomes.filter((outcome) => outcome.status === 'rejected' && CascadeError.is(outcome.reason) && outcome.reason.code === 'budget-exceeded').length;
    expect([passed, passed + refused]).toEqual([100, 1000]);
    expect(await store.read('agent:all')).toEqual({ spent: 100 * 110e6, reserved: 0 });
  });

  it('is refused or waived as configured when its store is out of reach, and hangs nothing', async () => {
    const hung = { reserve: () => new Promise<never>(() => {}), settle: async () => {}, read: async () => ({ spent: 0, reserved: 0 }) };
    for (const onStoreFailure of ['open', 'closed'] as const) {
      const clock = virtualClock();
      const { agent } = scriptedAgent([onStoreFailure === 'open' ? ['good'] : []], { clock, budgets: { rules: [{ per: 'agent', limit: 1 }], store: hung, onStoreFailure } });
      const outcome = clock.settle(agent.run('question'));
      if (onStoreFailure === 'open') expect((await outcome).warnings[0]).toContain('goes on without a budget');
      else await expect(outcome).rejects.toMatchObject({ code: 'budget-exceeded' });
    }
  });
});

it('purses are named by payer and period', () => {
  const noon = Date.UTC(2026, 1, 28, 12);
  const rules = [{ per: 'user', every: 'day', limit: 1 }, { per: 'agent', every: 'month', limit: 1 }, { per: 'session', limit: 1 }] as const;
  const purses = pursesOf(rules, { runId: 'r', user: 'ann' }, noon);
  expect(purses.map((purse) => purse.scope.key)).toEqual(['user:ann:2026-02-28', 'agent:all:2026-02']);
  expect(purses[1]?.scope.expiresAt).toBe(Date.UTC(2026, 2, 2));
});
