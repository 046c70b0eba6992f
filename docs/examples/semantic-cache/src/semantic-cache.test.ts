import { startStub } from '@cascadeflow/testing';
import { expect, it } from 'vitest';
import { createAgent } from './semantic-cache.ts';

it('knows the same question in other words, and another one for what it is', async () => {
  const stub = await startStub({ answer: ({ prompt }) => (prompt.includes('Norway') ? 'The capital of Norway is Oslo.' : 'The capital of Sweden is Stockholm.') });
  const agent = createAgent({ apiKey: 'test-key', baseURL: stub.baseURL });
  const first = await agent.run('What is the capital of Norway?');
  const again = await agent.run("What's the capital of Norway?");
  const other = await agent.run('What is the capital of Sweden?');
  expect([first.cacheHit, again.cacheHit, other.cacheHit]).toEqual([false, true, false]);
  expect(again.content).toBe(first.content);
  expect(again.totalCost).toBe(0);
  expect(other.content).toContain('Stockholm');
  await stub.close();
});
