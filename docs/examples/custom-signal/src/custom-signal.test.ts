import { startStub } from '@cascadeflow/testing';
import { expect, it } from 'vitest';
import { createHelpDesk } from './custom-signal.ts';

const articles = new Set(['KB-1042']);

it('sends a draft on that cites what does not exist, and says why', async () => {
  const stub = await startStub({ answer: ({ model }) => `Open Settings, then Security, and choose Reset password (${model === 'gpt-5' ? 'KB-1042' : 'KB-9999'}).` });
  const result = await createHelpDesk(articles, { apiKey: 'test-key', baseURL: stub.baseURL }).run('How do I reset my password?');
  expect(result.modelUsed).toBe('gpt-5');
  expect(result.verdicts[0]?.veto).toContain('KB-9999');
  await stub.close();
});

it('a signal with a weight moves the probability, one without only informs', async () => {
  const stub = await startStub({ answer: () => 'Open Settings, then Security, and choose Reset password (KB-1042).' });
  const result = await createHelpDesk(articles, { apiKey: 'test-key', baseURL: stub.baseURL }).run('How do I reset my password?');
  const signals = result.verdicts[0]?.signals ?? [];
  expect(signals.find(({ name }) => name === 'cites-article')).toMatchObject({ value: 1, weight: 0.8 });
  expect(signals.find(({ name }) => name === 'asks-for-steps')).toMatchObject({ value: 1, weight: 0 });
  await stub.close();
});
