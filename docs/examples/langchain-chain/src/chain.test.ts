import { startStub } from '@cascadeflow/testing';
import { expect, it } from 'vitest';
import { explain } from './chain.ts';

it('answers through the chain and adds up what it cost', async () => {
  const stub = await startStub({ answer: ({ model }) => (model === 'gpt-4o-mini' ? '' : 'Air scatters blue light more than red light.') });
  const { text, totals } = await explain('Why is the sky blue?', { apiKey: 'test-key', baseURL: stub.baseURL });
  expect(text).toBe('Air scatters blue light more than red light.');
  expect(totals).toMatchObject({ runs: 1, escalated: 1, pricingIncomplete: false });
  expect(totals.totalCost).toBeGreaterThan(0);
  await stub.close();
});
