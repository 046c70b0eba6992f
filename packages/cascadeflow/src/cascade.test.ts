import { scriptedModel, scriptedProvider, startStub } from '@cascadeflow/testing';
import { expect, it } from 'vitest';
import { cascade } from './cascade.ts';

it('builds an agent from names, with keys from the environment', { timeout: 30_000 }, async () => {
  const stub = await startStub({ apiKey: 'k', answer: ({ model }) => `I am ${model}, at your service.` });
  const agent = cascade({ models: ['openai/gpt-4o-mini', 'openai/gpt-5'], env: { OPENAI_API_KEY: 'k' }, baseURLs: { openai: stub.baseURL } });
  expect(agent.models.map(({ name, price }) => [name, typeof price?.input])).toEqual([['gpt-4o-mini', 'number'], ['gpt-5', 'number']]);
  const result = await agent.run('Who are you?', { forceModel: 'gpt-5' });
  expect(result.content).toBe('I am gpt-5, at your service.');
  await stub.close();
});

it('takes models in the long form and providers of one\'s own beside it', async () => {
  const own = scriptedProvider('own', [scriptedModel(['The answer is 4, since 2 + 2 = 4.'], { id: 'm' })]);
  const agent = cascade({ models: [{ name: 'm', provider: 'own', cost: 0.001 }], providers: [own], env: {} });
  expect((await agent.run('What is 2 + 2?')).modelUsed).toBe('m');
});

it('names the variable of a missing key, and the providers there are', () => {
  expect(() => cascade({ models: ['openai/gpt-5'], env: {} })).toThrow(/OPENAI_API_KEY/);
  expect(() => cascade({ models: ['nobody/x'], env: {} })).toThrow(/unknown provider nobody; known are openai/);
  expect(() => cascade({ models: ['gpt-5'], env: {} })).toThrow(/models\[0\]/);
  expect(() => cascade({ models: [] })).toThrow(/models/);
});
