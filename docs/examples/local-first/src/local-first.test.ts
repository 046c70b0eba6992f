import { ollamaDialect, startStub } from '@cascadeflow/testing';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createAgent } from './local-first.ts';

const refusal = "I'm sorry, I can't help with that.";
let local: Awaited<ReturnType<typeof startStub>>;
let hosted: Awaited<ReturnType<typeof startStub>>;

beforeEach(async () => {
  local = await startStub({ dialects: [ollamaDialect], answer: ({ prompt }) => (prompt.includes('Iceland') ? 'The capital of Iceland is Reykjavik.' : refusal) });
  hosted = await startStub({ answer: () => 'Air scatters blue light more than red light.' });
});
afterEach(async () => {
  await local.close();
  await hosted.close();
});

const agent = () => createAgent('test-key', { ollama: local.url, openai: hosted.baseURL });

it('an answer that is good enough costs nothing and never leaves the machine', async () => {
  const result = await agent().run('What is the capital of Iceland?');
  expect(result).toMatchObject({ modelUsed: 'llama3.2:3b', provider: 'ollama', totalCost: 0 });
  expect(hosted.requests).toHaveLength(0);
});

it('one that is not goes to the hosted model', async () => {
  expect(await agent().run('Why is the sky blue?')).toMatchObject({ modelUsed: 'gpt-5', provider: 'openai' });
});

it('private data stays, even where the local answer is poor', async () => {
  const result = await agent().run('Write to anna.berger@example.com that her card 4111 1111 1111 1111 was refused.');
  expect(result.modelUsed).toBe('llama3.2:3b');
  expect(hosted.requests).toHaveLength(0);
});
