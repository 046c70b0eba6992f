import { startStub } from '@cascadeflow/testing';
import { expect, it } from 'vitest';
import { ask } from './agent.ts';

it('calls tools that exist, whatever the drafter makes up', async () => {
  const stub = await startStub({
    answer: ({ model, body }) => {
      const results = (body['messages'] as { role: string }[]).filter((message) => message.role === 'tool').length;
      if (results > 0) return 'Yes: Oslo has -3 degrees Celsius and Rome has 14 degrees Celsius, so it is colder in Oslo.';
      const name = model === 'gpt-4o-mini' ? 'read_thermometer' : 'read_temperature';
      return { toolCalls: ['Oslo', 'Rome'].map((city) => ({ id: `call_${city}`, name, arguments: { city } })) };
    },
  });
  const { answer, totals } = await ask('Is it colder in Oslo than in Rome?', { apiKey: 'test-key', baseURL: stub.baseURL });
  expect(answer).toMatch(/^Yes: Oslo has -3/u);
  expect(totals.runs).toBe(2);
  expect(totals.escalated).toBeGreaterThanOrEqual(1);
  await stub.close();
});
