import { startStub } from '@cascadeflow/testing';
import { expect, it } from 'vitest';
import { ask } from './quick-start.ts';

it('asks the cheap model first, and says who answered, why and for how much', async () => {
  const stub = await startStub({ answer: () => 'The capital of France is Paris.' });
  const result = await ask("What's the capital of France?", { apiKey: 'test-key', baseURL: stub.baseURL });
  expect(result).toMatchObject({ content: 'The capital of France is Paris.', draftContent: 'The capital of France is Paris.', pricingIncomplete: false });
  expect(result.attempts[0]).toMatchObject({ model: 'gpt-4o-mini', role: 'draft', status: 'ok' });
  expect(result.draftAccepted).toBe(result.modelUsed === 'gpt-4o-mini');
  expect(result.totalCost).toBeCloseTo(result.attempts.reduce((sum, { cost = 0 }) => sum + cost, 0), 12);
  await stub.close();
});

it('goes on to the dearer model where the draft says nothing', async () => {
  const stub = await startStub({ answer: ({ model }) => (model === 'gpt-5' ? 'The capital of France is Paris.' : "I'm sorry, I can't help with that.") });
  const result = await ask("What's the capital of France?", { apiKey: 'test-key', baseURL: stub.baseURL });
  expect(result).toMatchObject({ modelUsed: 'gpt-5', draftAccepted: false, escalations: 1 });
  expect(result.attempts.map(({ model }) => model)).toEqual(['gpt-4o-mini', 'gpt-5']);
  await stub.close();
});
