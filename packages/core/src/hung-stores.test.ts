import type { BudgetStore, KeyValueStore } from '@cascadeflow/contract';
import { virtualClock } from '@cascadeflow/testing';
import { expect, it } from 'vitest';
import { scriptedAgent } from './agent-doubles.ts';
import { createMemoryBudgetStore } from './memory-budget-store.ts';

const never = () => new Promise<never>(() => {});

it('a cache that never answers costs no run more than its deadline', async () => {
  const clock = virtualClock();
  const store: KeyValueStore = { get: never, set: never, delete: never };
  const { agent } = scriptedAgent([['good', 'good'], []], { clock, cache: { store } });
  const startedAt = clock.now();
  await expect(clock.settle(agent.run('question', { deadlineMs: 300 }))).rejects.toMatchObject({ code: 'deadline-exceeded' });
  expect(clock.now() - startedAt).toBeLessThanOrEqual(350);
  expect(await clock.settle(agent.run('question'))).toMatchObject({ content: 'good', warnings: [expect.stringContaining('could not be read'), expect.stringContaining('could not be written')] });
});

it('a budget store that does not answer at the end holds the answer up until the deadline at most', async () => {
  const clock = virtualClock();
  const store: BudgetStore = { ...createMemoryBudgetStore(clock), settle: never };
  const { agent } = scriptedAgent([['good'], []], { clock, budgets: { rules: [{ per: 'agent', limit: 1 }], store } });
  const startedAt = clock.now();
  const result = await clock.settle(agent.run('question', { deadlineMs: 300 }));
  expect(result).toMatchObject({ content: 'good', warnings: [expect.stringContaining('could not be reached to book')] });
  expect(clock.now() - startedAt).toBeLessThanOrEqual(350);
});

it('money that is set aside after the run has given up is given back', async () => {
  const clock = virtualClock();
  const memory = createMemoryBudgetStore(clock);
  const store: BudgetStore = {
    ...memory,
    reserve: (id, scopes, amount) => new Promise((resolve) => void clock.after(5000, () => resolve(memory.reserve(id, scopes, amount)))),
  };
  const { agent } = scriptedAgent([[], []], { clock, budgets: { rules: [{ per: 'agent', limit: 1 }], store } });
  await expect(clock.settle(agent.run('question'))).rejects.toMatchObject({ code: 'budget-exceeded' });
  await clock.advance(6000);
  expect(await memory.read('agent:all')).toEqual({ spent: 0, reserved: 0 });
});

it('an observer and a trace writer that reject harm nothing', async () => {
  const failures: unknown[] = [];
  // Typed as void, and yet a promise: what an async function is when it is handed in.
  const rejecting = (name: string) => (() => Promise.reject(new Error(name))) as () => unknown as () => void;
  const { agent } = scriptedAgent([['good'], []], {
    onEvent: rejecting('observer'),
    trace: { write: rejecting('writer'), onFailure: (error) => failures.push(error) },
  });
  const result = await agent.run('question');
  await expect.poll(() => failures).toEqual([new Error('writer')]);
  expect(result).toMatchObject({ content: 'good', warnings: [expect.stringContaining('onEvent threw Error')] });
});
