import { startStub } from '@cascadeflow/testing';
import { expect, it } from 'vitest';
import { answerFromHandbook } from './rag.ts';

it('streams one answer from the document that was found', async () => {
  const stub = await startStub({ answer: ({ prompt }) => (prompt.includes('30 days') ? 'You have 30 days of paid leave a year.' : 'The notes do not say.') });
  let text = '';
  for await (const piece of answerFromHandbook('How many days of paid leave do I have?', { apiKey: 'test-key', baseURL: stub.baseURL })) text += piece;
  expect(text).toBe('You have 30 days of paid leave a year.');
  await stub.close();
});
