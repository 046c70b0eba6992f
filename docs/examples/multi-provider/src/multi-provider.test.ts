import { anthropicDialect, openaiDialect, startStub } from '@cascadeflow/testing';
import { expect, it } from 'vitest';
import { createAgent } from './multi-provider.ts';

const keys = { GROQ_API_KEY: 'test-key', ANTHROPIC_API_KEY: 'test-key', OPENAI_API_KEY: 'test-key' };

it('drafts at one vendor, verifies at another, and knows both prices', async () => {
  const stub = await startStub({
    dialects: [anthropicDialect, openaiDialect],
    answer: ({ model }) => (model.startsWith('llama') ? '' : `Cats purr with the muscles of the larynx, says ${model}.`),
  });
  const agent = createAgent(keys, { groq: stub.baseURL, openai: stub.baseURL, anthropic: stub.url });
  expect(agent.models.map(({ name }) => name)[0]).toBe('llama-3.1-8b-instant');
  const result = await agent.run('Why do cats purr?');
  expect(result.content).toContain('larynx');
  expect(result.draftContent ?? '').toBe('');
  expect(result.pricingIncomplete).toBe(false);
  expect(new Set(result.attempts.map(({ provider }) => provider)).size).toBeGreaterThan(1);
  await stub.close();
});

it('names the variable of a missing key', () => {
  expect(() => createAgent({ ...keys, GROQ_API_KEY: undefined })).toThrow(/GROQ_API_KEY/);
});
