import { CascadeError } from '@cascadeflow/contract';
import { startStub } from '@cascadeflow/testing';
import { expect, it } from 'vitest';
import { answerFor, createAgent } from './budget-per-user.ts';

const text = 'The sky is blue because air scatters short waves of light more strongly than long ones.';

it('a user who has spent it is answered by the cheapest model; another is not touched', async () => {
  const stub = await startStub({ answer: ({ model }) => (model === 'gpt-5' ? text : "I'm sorry, I can't help with that.") });
  // Room for one run through both models, not for two.
  const agent = createAgent({ apiKey: 'test-key', baseURL: stub.baseURL }, 0.0065);
  const models: string[] = [];
  for (let turn = 0; turn < 12; turn++) models.push((await answerFor(agent, 'u-42', 'Why is the sky blue?')).modelUsed);
  expect(models[0]).toBe('gpt-5');
  expect(models.at(-1)).toBe('gpt-4o-mini');
  expect((await answerFor(agent, 'u-43', 'Why is the sky blue?')).modelUsed).toBe('gpt-5');
  await stub.close();
});

it('a budget that cannot even pay the cheapest model refuses before anything is spent', async () => {
  const stub = await startStub();
  const agent = createAgent({ apiKey: 'test-key', baseURL: stub.baseURL }, 0.000001);
  const error = await answerFor(agent, 'u-42', 'Why is the sky blue?').catch((thrown: unknown) => thrown);
  expect(CascadeError.is(error) && error.code).toBe('budget-exceeded');
  expect(stub.requests).toHaveLength(0);
  await stub.close();
});
