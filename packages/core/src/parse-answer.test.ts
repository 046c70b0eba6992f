import { virtualClock } from '@cascadeflow/testing';
import { describe, expect, it } from 'vitest';
import { scriptedAgent } from './agent-doubles.ts';

/** A validation library's schema whose check is handed in. */
const schemaOf = (validate: (value: unknown) => unknown) => ({ '~standard': { version: 1 as const, vendor: 'test', validate: validate as never, jsonSchema: { input: () => ({ type: 'object' }) } } });

describe('a schema that checks the answer', () => {
  it('and never answers does not outlive the deadline: the answer is handed over unchecked and says so', async () => {
    const clock = virtualClock();
    const { agent } = scriptedAgent([['{"good": 1}']], { clock, deadlineMs: 1000, resilience: false });
    const schema = schemaOf(() => new Promise(() => {}));
    const result = await clock.settle(agent.run('question', { responseFormat: { schema } as never }));
    expect(result).toMatchObject({ content: '{"good": 1}', degraded: true, reason: expect.stringContaining('deadline'), latencyMs: 1000 });
    expect(result.totalCost).toBeGreaterThan(0);
  });

  it('and throws costs the object, not the answer', async () => {
    const { agent } = scriptedAgent([['{"good": 1}']]);
    const schema = schemaOf(() => {
      throw new TypeError('no');
    });
    expect(await agent.run('question', { responseFormat: { schema } as never })).toMatchObject({ content: '{"good": 1}', degraded: true, reason: 'the schema failed to check the answer (TypeError)' });
  });

  it('ends with the abort of its caller', async () => {
    const { agent } = scriptedAgent([['{"good": 1}']]);
    const controller = new AbortController();
    const schema = schemaOf(() => {
      controller.abort();
      return new Promise(() => {});
    });
    await expect(agent.run('question', { signal: controller.signal, responseFormat: { schema } as never })).rejects.toMatchObject({ code: 'aborted', spend: { totalCost: expect.any(Number) } });
  });
});
