import { virtualClock } from '@cascadeflow/testing';
import { describe, expect, it } from 'vitest';
import { plainRouter, scriptedAgent } from './agent-doubles.ts';
import { createLatencyHistory, leastSamples } from './latency.ts';

describe('parallel speculation', () => {
  it('starts both, keeps the good draft, cancels and bills the verifier', async () => {
    const clock = virtualClock();
    const { agent, models, done } = scriptedAgent([[{ text: 'good', delayMs: 10 }], [{ text: 'slow', delayMs: 500 }]], { clock, speculation: 'parallel' });
    const result = await clock.settle(agent.run('question'));
    done();
    expect(result).toMatchObject({ content: 'good', draftAccepted: true, costEstimated: true, latencyMs: 10 });
    expect(result.attempts.map((attempt) => [attempt.role, attempt.status])).toEqual([['draft', 'ok'], ['verifier', 'cancelled']]);
    expect(models[1]?.calls[0]?.options.signal?.aborted).toBe(true);
  });

  it('has the verifier well on its way when the draft is turned down', async () => {
    const clock = virtualClock();
    const { agent } = scriptedAgent([[{ text: 'bad', delayMs: 300 }], [{ text: 'verified', delayMs: 500 }]], { clock, speculation: 'parallel' });
    expect(await clock.settle(agent.run('question'))).toMatchObject({ content: 'verified', latencyMs: 500 });
  });

  it('takes the verifier when it is faster, and cancels the draft', async () => {
    const clock = virtualClock();
    const { agent } = scriptedAgent([[{ text: 'good', delayMs: 900 }], [{ text: 'verified', delayMs: 500 }]], { clock, speculation: 'parallel' });
    const result = await clock.settle(agent.run('question'));
    expect(result).toMatchObject({ content: 'verified', latencyMs: 500 });
    expect(result.attempts[0]).toMatchObject({ role: 'draft', status: 'cancelled' });
  });
});

it('says what stopping a draft that cannot pass has spared', async () => {
  const clock = virtualClock();
  const progress = () => ({ push: (text: string) => (text.includes('never') ? { dead: 'it says never' } : {}), toolCall: () => ({}) });
  const chunks = ['good ', 'never ', ...Array.from({ length: 40 }, () => 'more ')];
  const { agent } = scriptedAgent([[{ text: chunks.join(''), chunks, chunkDelayMs: 5 }], [{ text: 'a verified answer', usage: { input: 10, output: 60 } }]], { clock, progress });
  const result = await clock.settle(agent.run('question'));
  expect(result).toMatchObject({ content: 'a verified answer', draftContent: 'good never ' });
  expect(result.attempts[0]).toMatchObject({ role: 'draft', status: 'cancelled', estimated: true });
  expect(result.tokensSaved).toBeGreaterThan(50);
  expect(result.tokensSaved).toBeLessThan(60);
});

describe('hedging', () => {
  const quick = { text: 'good', delayMs: 10 };
  const bad = { text: 'bad', delayMs: 10 };

  it('starts the verifier when the draft is later than ever', async () => {
    const clock = virtualClock();
    const { agent } = scriptedAgent([[...Array.from({ length: leastSamples }, () => quick), { text: 'good', delayMs: 5000 }], [{ text: 'verified', delayMs: 100 }]], { clock, speculation: 'hedged' });
    for (let call = 0; call < leastSamples; call++) await clock.settle(agent.run('question'));
    const result = await clock.settle(agent.run('question'));
    expect(result.content).toBe('verified');
    expect(result.latencyMs).toBeLessThan(150);
  });

  it('asks a late verifier again and takes the call that answers first', async () => {
    const clock = virtualClock();
    const calls = Array.from({ length: leastSamples }, () => ({ text: 'verified', delayMs: 100 }));
    const { agent, done } = scriptedAgent([Array.from({ length: leastSamples + 1 }, () => bad), [...calls, { text: 'late', delayMs: 9000 }, { text: 'verified again', delayMs: 100 }]], { clock, speculation: 'hedged' });
    for (let call = 0; call < leastSamples; call++) await clock.settle(agent.run('question'));
    const result = await clock.settle(agent.run('question'));
    done();
    expect(result).toMatchObject({ content: 'verified again', modelUsed: 'm1', tokensSaved: 0 });
    expect(result.latencyMs).toBeLessThan(400);
    expect(result.attempts.map((attempt) => [attempt.role, attempt.status])).toEqual([['draft', 'ok'], ['verifier', 'cancelled'], ['verifier', 'ok']]);
  });

  it('asks again the sooner, the less a second prompt costs', async () => {
    // Two in three of the verifier's calls take 100 ms, the others 1 s; its answers have 400 tokens. A short question is asked twice at once, a longer
    // one again after the median, a very long one only after the tail.
    for (const [question, before, after] of [['question', 5, 50], ['word '.repeat(60), 100, 500], ['word '.repeat(2000), 1000, 2000]] as const) {
      const clock = virtualClock();
      const calls = Array.from({ length: 2 * leastSamples }, (_, index) => ({ text: 'verified', delayMs: index % 3 === 1 ? 1000 : 100, usage: { input: 12, output: 400 } }));
      const { agent } = scriptedAgent([Array.from({ length: calls.length + 1 }, () => bad), [...calls, { text: 'late', delayMs: 9000 }, { text: 'verified again', delayMs: 100 }]], { clock });
      for (let call = 0; call < calls.length; call++) await clock.settle(agent.run('question'));
      const waits: number[] = [];
      const hedged = (async () => {
        for await (const event of agent.streamEvents(question, { speculation: 'hedged' })) if (event.type === 'policy-apply' && event.policy === 'hedge') waits.push(event.atMs);
      })();
      await clock.settle(hedged);
      expect(waits).toHaveLength(1);
      expect(waits[0]).toBeGreaterThan(before);
      expect(waits[0]).toBeLessThan(after);
    }
  });

  it('asks again only while that stays within what speculation may add to the bill', async () => {
    const hedges = async (speculationBudget: number) => {
      const clock = virtualClock();
      const usage = { input: 500, output: 40 };
      const usual = Array.from({ length: 2 * leastSamples }, () => ({ text: 'verified', delayMs: 100, usage }));
      const late = Array.from({ length: 40 }, (_, index) => ({ text: 'verified', delayMs: index % 2 === 0 || speculationBudget === 0 ? 900 : 100, usage }));
      const { agent } = scriptedAgent([Array.from({ length: 40 }, () => bad), [...usual, ...late]], { clock, speculationBudget });
      for (let call = 0; call < usual.length; call++) await clock.settle(agent.run('question'));
      let asked = 0;
      for (let call = 0; call < 10; call++) {
        const { attempts } = await clock.settle(agent.run('word '.repeat(400), { speculation: 'hedged' }));
        asked += attempts.filter((attempt) => attempt.role === 'verifier').length - 1;
      }
      return asked;
    };
    expect(await hedges(0)).toBe(0);
    expect(await hedges(10)).toBe(10);
    const few = await hedges(0.05);
    expect(few).toBeGreaterThan(0);
    expect(few).toBeLessThan(5);
  });

  it('sets two calls of each model aside where a budget has to hold', async () => {
    const reserved: number[] = [];
    for (const speculation of ['sequential', 'hedged'] as const) {
      const { agent } = scriptedAgent([['good'], []], { speculation, budgets: { rules: [{ per: 'agent', limit: 100 }] }, onEvent: (event) => void (event.type === 'budget-reserve' && reserved.push(event.amount)) });
      await agent.run('question');
    }
    expect(reserved[1]).toBeCloseTo(2 * (reserved[0] ?? 0), 9);
  });

  it('starts at once when the router has little hope in the draft', async () => {
    const clock = virtualClock();
    const { agent } = scriptedAgent([[{ text: 'bad', delayMs: 300 }], [{ text: 'verified', delayMs: 400 }]], {
      clock,
      speculation: 'hedged',
      router: (input) => {
        const route = plainRouter(input);
        return route && 'plan' in route ? { ...route, plan: { ...route.plan, acceptChance: 0.1 } } : undefined;
      },
    });
    expect(await clock.settle(agent.run('question'))).toMatchObject({ content: 'verified', latencyMs: 400 });
  });
});

describe('auto', () => {
  it('pays for a head start only when waiting is worth more than the verifier', async () => {
    for (const [latencyValue, latencyMs] of [[0, 700], [1000, 400]] as const) {
      const clock = virtualClock();
      const script = Array.from({ length: leastSamples }, () => ({ text: 'good', delayMs: 300 }));
      const { agent } = scriptedAgent([[...script, { text: 'bad', delayMs: 300 }], [{ text: 'verified', delayMs: 400 }]], {
        clock,
        speculation: 'auto',
        latencyValue,
        router: (input) => ({ ...(plainRouter(input) as Exclude<ReturnType<typeof plainRouter>, Promise<unknown> | undefined>), plan: { tiers: [0, 1], start: 'draft', secondOpinion: 'off', excluded: [], acceptChance: 0.2 } }),
      });
      for (let call = 0; call < leastSamples; call++) await clock.settle(agent.run('question', { speculation: 'sequential' }));
      expect((await clock.settle(agent.run('question'))).latencyMs).toBe(latencyMs);
    }
  });
});

describe('a deadline', () => {
  it('passes over a drafter that usually takes longer than it may, and says so', async () => {
    const clock = virtualClock();
    const { agent, models, done } = scriptedAgent([Array.from({ length: leastSamples }, () => ({ text: 'good', delayMs: 600 })), [{ text: 'verified', delayMs: 300 }]], { clock });
    for (let call = 0; call < leastSamples; call++) await clock.settle(agent.run('question'));
    const policies: string[] = [];
    const run = (async () => {
      for await (const event of agent.streamEvents('question', { deadlineMs: 1000 })) {
        if (event.type === 'policy-apply') policies.push(`${event.policy} ${event.model}`);
        if (event.type === 'cascade-end') return event.result;
      }
    })();
    expect(await clock.settle(run)).toMatchObject({ content: 'verified', latencyMs: 300, degraded: false });
    expect(policies).toEqual(['deadline m0']);
    expect(models[0]?.calls).toHaveLength(leastSamples);
    done();
  });

  it('is weighed with what another agent has seen of the same models', async () => {
    const clock = virtualClock();
    const latency = createLatencyHistory();
    const slow = scriptedAgent([Array.from({ length: leastSamples }, () => ({ text: 'good', delayMs: 600 }))], { clock, latency });
    for (let call = 0; call < leastSamples; call++) await clock.settle(slow.agent.run('question'));
    const { agent } = scriptedAgent([[], [{ text: 'verified', delayMs: 300 }]], { clock, latency });
    expect((await clock.settle(agent.run('question', { deadlineMs: 1000 }))).modelUsed).toBe('m1');
    expect(() => scriptedAgent([['good']], { latency: {} as never })).toThrow('latency.record');
  });

  it('asks all the same when everybody is too slow', async () => {
    const clock = virtualClock();
    const { agent } = scriptedAgent([Array.from({ length: leastSamples + 1 }, (_, call) => ({ text: 'good', delayMs: call < leastSamples ? 600 : 10 }))], { clock });
    for (let call = 0; call < leastSamples; call++) await clock.settle(agent.run('question'));
    expect((await clock.settle(agent.run('question', { deadlineMs: 100 }))).content).toBe('good');
  });
});
