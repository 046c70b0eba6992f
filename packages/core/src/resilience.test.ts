import { type ModelEvent, ProviderError } from '@cascadeflow/contract';
import { repeatingModel, virtualClock } from '@cascadeflow/testing';
import { describe, expect, it } from 'vitest';
import { plainRouter, scriptedAgent, wordJudge } from './agent-doubles.ts';
import { CascadeAgent } from './agent.ts';
import { balance } from './balance.ts';
import { createRateLimit } from './rate-limit.ts';
import { createStormWatch } from './storm.ts';

const down = { fault: { type: 'throw', kind: 'server', status: 500, retryable: false } } as const;

describe('the breaker', () => {
  it('leaves a dead drafter alone after five failures, and costs it one probe per rest', async () => {
    const clock = virtualClock();
    const { agent, models } = scriptedAgent([Array.from({ length: 7 }, () => down), Array.from({ length: 20 }, () => 'verified')], { clock });
    for (let run = 0; run < 10; run++) expect((await agent.run('question')).content).toBe('verified');
    expect(models[0]?.calls).toHaveLength(5);
    await clock.advance(30_001);
    for (let run = 0; run < 3; run++) await agent.run('question');
    expect(models[0]?.calls).toHaveLength(6);
  });

  it('lets the model back after one probe that succeeds, however the wall clock is set meanwhile', async () => {
    const clock = virtualClock();
    const { agent, models, done } = scriptedAgent([[...Array.from({ length: 5 }, () => down), 'good', 'good'], Array.from({ length: 7 }, () => 'verified')], { clock });
    for (let run = 0; run < 6; run++) await agent.run('question');
    await clock.advance(29_000);
    clock.jump(3_600_000);
    expect((await agent.run('question')).modelUsed).toBe('m1');
    clock.jump(-7_200_000);
    await clock.advance(1001);
    expect((await agent.run('question')).modelUsed).toBe('m0');
    expect((await agent.run('question')).modelUsed).toBe('m0');
    expect(models[0]?.calls).toHaveLength(7);
    done();
  });

  it('asks a model before its rest is over when nobody else is left', async () => {
    const clock = virtualClock();
    const dead = Array.from({ length: 5 }, () => down);
    const { agent, models, done } = scriptedAgent([dead, [...dead, 'verified']], { clock, retries: 0 });
    for (let run = 0; run < 5; run++) await expect(agent.run('question')).rejects.toThrow();
    const reasons: string[] = [];
    const result = await (async () => {
      for await (const event of agent.streamEvents('question')) {
        if (event.type === 'escalation-start') reasons.push(event.reason);
        if (event.type === 'cascade-end') return event.result;
      }
    })();
    expect(result).toMatchObject({ content: 'verified', modelUsed: 'm1' });
    expect(reasons.at(-1)).toContain('nobody else is left');
    expect(models.map((model) => model.calls.length)).toEqual([5, 6]);
    done();
  });

  it('says in the events and in the attempts that a model was not called, at no cost', async () => {
    const { agent } = scriptedAgent([[down], ['verified', 'verified']], { resilience: { breaker: { failures: 1 } } });
    await agent.run('question');
    const policies: string[] = [];
    for await (const event of agent.streamEvents('question')) if (event.type === 'policy-apply') policies.push(`${event.policy}: ${event.reason}`);
    expect(policies).toEqual(['breaker: scripted/m0 failed too often and is left alone for a while']);
  });

  it('lets a provider that is dead for a minute cost its five failures and one probe per rest, and takes it back with the first good one', async () => {
    const runs = 120;
    const dead = Array.from({ length: 7 }, () => down);
    const clock = virtualClock();
    const { agent, models, done } = scriptedAgent([[...dead, ...Array.from({ length: 20 }, () => 'good')], Array.from({ length: runs }, () => 'verified')], { clock });
    for (let run = 0; run < runs; run++) {
      expect((await agent.run('question')).content).toBe('verified');
      await clock.advance(550);
    }
    // Five failures at the start, probes at 30 and 60 seconds: the minute is over at run 109, and the next rest at 90 seconds lets it back.
    expect(models[0]?.calls).toHaveLength(7);
    await clock.advance(30_001);
    for (let run = 0; run < 20; run++) expect((await agent.run('question')).modelUsed).toBe('m0');
    done();
  });

  it('also keeps a verifier from being started early, and says so', async () => {
    const { agent, models } = scriptedAgent([['bad', 'good'], [down]], { speculation: 'parallel', retries: 0, resilience: { breaker: { failures: 1 } } });
    await agent.run('question').catch(() => undefined);
    const policies: string[] = [];
    for await (const event of agent.streamEvents('question')) if (event.type === 'policy-apply') policies.push(event.policy);
    expect(policies).toEqual(['breaker']);
    expect(models[1]?.calls).toHaveLength(1);
  });

  it('is not moved by what is wrong with a request', async () => {
    const bad = { fault: { type: 'throw', kind: 'context-length', status: 400, retryable: false } } as const;
    const { agent, done } = scriptedAgent([Array.from({ length: 7 }, () => bad), Array.from({ length: 7 }, () => 'verified')]);
    for (let run = 0; run < 7; run++) await agent.run('question');
    done();
  });
});

it('a provider that asks to be left alone is', async () => {
  const clock = virtualClock();
  const busy = { fault: { type: 'throw', kind: 'rate-limit', status: 429, retryable: true, retryAfterMs: 5000 } } as const;
  const { agent, models } = scriptedAgent([[busy, 'good'], ['verified', 'verified']], { clock });
  await clock.settle(agent.run('question'));
  await clock.settle(agent.run('question'));
  expect(models[0]?.calls).toHaveLength(1);
  await clock.advance(5000);
  expect((await clock.settle(agent.run('question'))).modelUsed).toBe('m0');
});

it('a bulkhead holds the number of calls under way', async () => {
  let underWay = 0;
  let most = 0;
  const model = {
    ...repeatingModel(() => 'good'),
    async *stream(): AsyncGenerator<ModelEvent> {
      most = Math.max(most, ++underWay);
      await new Promise((resolve) => setTimeout(resolve, 2));
      underWay--;
      yield { type: 'text-delta', text: 'good' };
      yield { type: 'end', finishReason: { unified: 'stop' } };
    },
  };
  const agent = new CascadeAgent({ judge: wordJudge, router: plainRouter, models: [{ name: 'm', model, cost: 1 }], resilience: { bulkhead: { calls: 3, waiting: 100 } } });
  const results = await Promise.all(Array.from({ length: 12 }, () => agent.run('question')));
  expect([results.length, most]).toEqual([12, 3]);
});

it('a rate limit refills evenly and never takes more than there is', async () => {
  const clock = virtualClock();
  const limit = createRateLimit({ requestsPerMinute: 2, tokensPerMinute: 1000 }, clock);
  expect([limit.take(100), limit.take(100)]).toEqual([0, 0]);
  expect(limit.take(100)).toBe(30_000);
  await clock.advance(30_000);
  expect(limit.take(100)).toBe(0);
  expect(createRateLimit({ tokensPerMinute: 10 }, clock).take(50)).toBe(0);
});

it('a drafter that collapses rests, and is tried again', async () => {
  const clock = virtualClock();
  const storm = createStormWatch(clock);
  for (let run = 0; run < 80; run++) storm.record('m', run % 10 < 7);
  expect(storm.pausedReason('m')).toBeUndefined();
  for (let run = 0; run < 60; run++) storm.record('m', false);
  expect(storm.pausedReason('m')).toContain('hardly accepted any more');
  await clock.advance(60_000);
  expect(storm.pausedReason('m')).toBeUndefined();
  for (let run = 0; run < 60; run++) storm.record('never good', false);
  expect(storm.pausedReason('never good')).toBeUndefined();
});

it('balances over deployments, away from the one that fails', async () => {
  const broken = repeatingModel(() => ({ fault: { type: 'throw', error: new ProviderError('down', { kind: 'server', provider: 'p', retryable: true }) } }));
  const sound = repeatingModel(() => 'good');
  const balanced = new CascadeAgent({ judge: wordJudge, router: plainRouter, models: [{ name: 'm', model: balance([broken, sound]), cost: 1 }], random: () => 0 });
  for (let run = 0; run < 5; run++) expect((await balanced.run('question')).content).toBe('good');
  expect([broken.callCount, sound.callCount]).toEqual([1, 5]);
});
