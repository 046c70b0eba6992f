import type { Embedder } from '@cascadeflow/contract';
import { describe, expect, it } from 'vitest';
import { scriptedAgent } from './agent-doubles.ts';

/** Puts texts that begin with the same word at the same place. */
const byFirstWord: Embedder = {
  contract: 'v1',
  id: 'first-word',
  dimensions: 2,
  embed: async (texts) => texts.map((text) => (text.startsWith('capital') ? Float32Array.of(1, 0) : Float32Array.of(0, 1))),
};

describe('the response cache', () => {
  it('gives the same answer again at no cost, and says so', async () => {
    const { agent, done } = scriptedAgent([['good answer'], []], { cache: {} });
    const first = await agent.run('question');
    const again = await agent.run(' question\r\n');
    done();
    expect(again).toMatchObject({ content: 'good answer', cacheHit: true, totalCost: 0, attempts: [], costSaved: first.baselineCost, savingsPercent: 100 });
    expect(again.runId).not.toBe(first.runId);
    const text: string[] = [];
    for await (const piece of agent.runStreaming('question')) text.push(piece);
    expect(text).toEqual(['good answer']);
  });

  it('tells requests apart by everything that shapes an answer', async () => {
    const { agent, done } = scriptedAgent([['good one', 'good two', 'good three', 'good four'], []], { cache: {} });
    await agent.run('question');
    expect((await agent.run('question', { temperature: 1 })).cacheHit).toBe(false);
    expect((await agent.run('question', { system: 'be brief' })).cacheHit).toBe(false);
    expect((await agent.run('question', { cache: false })).cacheHit).toBe(false);
    done();
  });

  it('keeps no degraded answer and none that tools may have shaped', async () => {
    const tools = [{ name: 'f', parameters: { type: 'object' } }];
    const { agent, done } = scriptedAgent([[{ text: 'good', finishReason: 'length' }, { text: 'good', finishReason: 'length' }, 'good', 'good']], { cache: {} });
    for (const options of [{}, {}, { tools }, { tools }]) expect((await agent.run('question', options)).cacheHit).toBe(false);
    done();
  });

  it('with an embedder, answers a question that means the same unless its numbers differ', async () => {
    const { agent, done } = scriptedAgent([['good Paris', 'good other', 'good year'], []], { cache: { semantic: { embedder: byFirstWord } } });
    await agent.run('capital of France?');
    expect(await agent.run('capital city of France, please')).toMatchObject({ content: 'good Paris', cacheHit: true });
    expect((await agent.run('capital of France in 1940?')).cacheHit).toBe(false);
    expect((await agent.run('who was Ada Lovelace?')).cacheHit).toBe(false);
    done();
  });

  it('that cannot be reached costs a warning, not the run', async () => {
    const broken = { get: () => Promise.reject(new Error('down')), set: () => Promise.reject(new Error('down')), delete: async () => {} };
    const { agent } = scriptedAgent([['good'], []], { cache: { store: broken } });
    const result = await agent.run('question');
    expect(result.content).toBe('good');
    expect(result.warnings[0]).toContain('response cache could not be read');
  });
});
