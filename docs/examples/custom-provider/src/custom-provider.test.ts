import { repeatingModel, startRawServer } from '@cascadeflow/testing';
import { expect, it } from 'vitest';
import { createAgent, house } from './custom-provider.ts';

const verifier = { name: 'large', model: repeatingModel(() => 'The answer of the large model.', { id: 'large' }), cost: { input: 1, output: 5 } };

it('drafts with a model of our own, for nothing', async () => {
  const server = await startRawServer(() => ({ headers: { 'content-type': 'text/plain' }, body: 'The capital of Kenya is Nairobi.', splitAt: [5, 12] }));
  const result = await createAgent(server.url, verifier).run('What is the capital of Kenya?');
  expect(result).toMatchObject({ draftContent: 'The capital of Kenya is Nairobi.', draftCost: 0 });
  expect(result.attempts[0]).toMatchObject({ provider: 'house', model: 'house-small', status: 'ok', cost: 0 });
  expect(server.requests[0]?.body).toEqual({ model: 'house-small', question: 'What is the capital of Kenya?' });
  await server.close();
});

it('a model that fails never fails the run while another can answer', async () => {
  const server = await startRawServer(() => ({ status: 500, body: 'out of order' }));
  const result = await createAgent(server.url, verifier).run('What is the capital of Kenya?');
  expect(result.modelUsed).toBe('large');
  expect(result.attempts[0]?.error).toMatchObject({ kind: 'server', status: 500 });
  await server.close();
});

it('ends at once when the caller aborts', async () => {
  const server = await startRawServer(() => ({ body: 'late' }));
  const stream = house(server.url).model('house-small').stream({ messages: [{ role: 'user', content: 'Hello?' }] }, { signal: AbortSignal.abort() });
  await expect(stream[Symbol.asyncIterator]().next()).rejects.toThrow();
  await server.close();
});
