import { AllModelsFailedError, type CascadeEvent, ProviderError } from '@cascadeflow/contract';
import { virtualClock } from '@cascadeflow/testing';
import { describe, expect, it } from 'vitest';
import { scriptedAgent } from './agent-doubles.ts';

const usage = { input: 100, output: 50 };

async function collect(events: AsyncIterable<CascadeEvent>): Promise<CascadeEvent[]> {
  const all: CascadeEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

describe('a cascade of two models', () => {
  it('keeps a good draft and never asks the verifier', async () => {
    const { agent, done } = scriptedAgent([[{ text: 'good answer', usage }], []]);
    const result = await agent.run('question');
    done();
    expect(result).toMatchObject({
      content: 'good answer', modelUsed: 'm0', draftAccepted: true, cascaded: true, degraded: false, qualityScore: 0.95, escalations: 0,
      usage, totalCost: 150e-6, draftCost: 150e-6, verifierCost: 0, baselineCost: 1500e-6, baselineEstimated: true, costSaved: 1350e-6, savingsPercent: 90,
      complexity: 'simple', domain: 'general', steps: 1, pricingIncomplete: false,
    });
    expect(result.messages.at(-1)).toMatchObject({ role: 'assistant', content: 'good answer', provenance: { model: 'm0', tier: 0 } });
  });

  it('escalates a bad draft and bills both calls', async () => {
    const { agent, done } = scriptedAgent([[{ text: 'bad answer', usage }], [{ text: 'the verifier speaks', usage }]]);
    const result = await agent.run('question');
    done();
    expect(result).toMatchObject({
      content: 'the verifier speaks', modelUsed: 'm1', draftAccepted: false, draftContent: 'bad answer', qualityScore: 0.1, escalations: 1,
      totalCost: 1650e-6, draftCost: 150e-6, verifierCost: 1500e-6, baselineCost: 1500e-6, baselineEstimated: false, usage: { input: 200, output: 100 },
    });
    expect(result.attempts.map((attempt) => [attempt.role, attempt.chosen])).toEqual([['draft', false], ['verifier', true]]);
  });

  it('tells the whole story in order, and shows no text of the draft it turned down', async () => {
    const { agent } = scriptedAgent([['bad answer'], [{ text: 'verified', chunks: ['veri', 'fied'] }]]);
    const events = await collect(agent.streamEvents('question'));
    expect(events.map((event) => event.type)).toEqual([
      'cascade-start', 'route-choose', 'draft-start', 'draft-end', 'verdict-reach', 'escalation-start', 'draft-start', 'text-delta', 'text-delta',
      'draft-end', 'verdict-reach', 'cascade-end',
    ]);
    expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index));
    expect(events.flatMap((event) => (event.type === 'text-delta' ? [event.text] : [])).join('')).toBe('verified');
  });

  it('streams text and returns the result', async () => {
    const { agent } = scriptedAgent([['good draft'], []]);
    const stream = agent.runStreaming('question');
    const first = await stream.next();
    const last = await stream.next();
    expect([first.value, last.done, (last.value as { content: string }).content]).toEqual(['good draft', true, 'good draft']);
  });
});

describe('three models', () => {
  it('asks the second for its opinion when the first is in doubt, and takes the draft they agree on', async () => {
    const { agent, done } = scriptedAgent([['doubtful 42'], ['doubtful 42'], []]);
    const result = await agent.run('question');
    done();
    expect(result).toMatchObject({ content: 'doubtful 42', modelUsed: 'm0', draftAccepted: true, qualityScore: 0.95 });
    expect(result.attempts.map((attempt) => attempt.role)).toEqual(['draft', 'opinion']);
  });

  it('goes to the verifier when they disagree', async () => {
    const { agent, done } = scriptedAgent([['doubtful 42'], ['other 41'], ['the verifier speaks']]);
    const result = await agent.run('question');
    done();
    expect(result).toMatchObject({ modelUsed: 'm2', tier: 2 });
  });

  it('asks no opinion when that is off', async () => {
    const { agent, done } = scriptedAgent([['doubtful 42'], ['good 42'], []], { secondOpinion: 'off' });
    const result = await agent.run('question');
    done();
    expect(result.attempts.map((attempt) => attempt.role)).toEqual(['draft', 'draft']);
    expect(result.modelUsed).toBe('m1');
  });
});

describe('failures', () => {
  const down = { fault: { type: 'throw', kind: 'server', status: 500, retryable: true } } as const;

  it('goes past a drafter that fails', async () => {
    const { agent, done } = scriptedAgent([[down], ['the verifier speaks']]);
    const result = await agent.run('question');
    done();
    expect(result).toMatchObject({ modelUsed: 'm1', degraded: false, pricingIncomplete: false });
    expect(result.attempts[0]).toMatchObject({ status: 'failed', cost: 0, error: { kind: 'server', status: 500 } });
  });

  it('returns the draft marked degraded when the verifier stays down', async () => {
    const clock = virtualClock();
    const { agent, done } = scriptedAgent([['bad draft'], [down, down, down]], { clock });
    const result = await clock.settle(agent.run('question'));
    done();
    expect(result).toMatchObject({ content: 'bad draft', degraded: true, draftAccepted: false, modelUsed: 'm0', qualityScore: 0.1 });
    expect(result.attempts).toHaveLength(4);
  });

  it('never takes a cut stream for an answer', async () => {
    const { agent, done } = scriptedAgent([[{ text: 'good but cut', fault: { type: 'cut' } }], ['the verifier speaks']]);
    const result = await agent.run('question');
    done();
    expect(result.content).toBe('the verifier speaks');
    expect(result.attempts[0]).toMatchObject({ status: 'cut', estimated: true });
  });

  it('marks an answer that a length limit cut off', async () => {
    const { agent } = scriptedAgent([[{ text: 'good but long', finishReason: 'length' }]]);
    expect(await agent.run('question')).toMatchObject({ content: 'good but long', degraded: true, finishReason: { unified: 'length' } });
  });

  it('gives up a silent model and moves on', async () => {
    const clock = virtualClock();
    const { agent, done } = scriptedAgent([[{ text: 'x', fault: { type: 'hang' } }], ['the verifier speaks']], { clock, silenceMs: 1000 });
    const result = await clock.settle(agent.run('question'));
    done();
    expect(result.modelUsed).toBe('m1');
    expect(result.attempts[0]).toMatchObject({ status: 'failed', error: { kind: 'timeout' }, latencyMs: 1000 });
  });

  it('answers by the deadline with the draft it has', async () => {
    const clock = virtualClock();
    const { agent } = scriptedAgent([['bad draft'], [{ text: 'x', fault: { type: 'hang' } }]], { clock });
    const result = await clock.settle(agent.run('question', { deadlineMs: 500 }));
    expect(result).toMatchObject({ content: 'bad draft', degraded: true, latencyMs: 500 });
  });

  it('fails by the deadline when there is nothing', async () => {
    const clock = virtualClock();
    const hang = { text: 'x', fault: { type: 'hang' } } as const;
    const { agent } = scriptedAgent([[hang], [hang]], { clock });
    await expect(clock.settle(agent.run('question', { deadlineMs: 500 }))).rejects.toMatchObject({ code: 'deadline-exceeded', spend: { pricingIncomplete: false } });
    expect(clock.now()).toBe(500);
  });

  it('says which models failed and why', async () => {
    const clock = virtualClock();
    const refused = { fault: { type: 'throw', kind: 'auth', status: 401, retryable: false } } as const;
    const { agent, done } = scriptedAgent([[refused], [refused]], { clock });
    const error = await clock.settle(agent.run('question').catch((thrown: unknown) => thrown));
    done();
    expect(error).toBeInstanceOf(AllModelsFailedError);
    expect((error as AllModelsFailedError).attempts.map((attempt) => attempt.model)).toEqual(['m0', 'm1']);
    expect((error as AllModelsFailedError).spend).toEqual({ totalCost: 0, pricingIncomplete: false });
  });

  it('names a model that failed once, although its provider names it too', async () => {
    const told = new ProviderError('scripted/m0: the key was refused', { kind: 'auth', provider: 'scripted', model: 'm0', retryable: false });
    const { agent } = scriptedAgent([[{ fault: { type: 'throw', error: told } }]]);
    await expect(agent.run('question')).rejects.toThrow(/^every model failed: scripted\/m0: the key was refused$/);
  });

  it('lets the one model that is asked for by name answer, undrafted and unjudged', async () => {
    let judged = 0;
    const { agent, done } = scriptedAgent([[], ['bad draft']], { judge: () => ({ accept: false, probability: ++judged, threshold: 1, signals: [], reason: 'no' }) });
    const result = await agent.run('question', { forceModel: 'm1' });
    done();
    expect(result).toMatchObject({ content: 'bad draft', modelUsed: 'm1', degraded: false, reason: 'answered directly', verdicts: [] });
    expect(judged).toBe(0);
    expect(result.qualityScore).toBeUndefined();
  });

  it('ends at once when the caller aborts, and tells the model', async () => {
    const clock = virtualClock();
    const { agent, models } = scriptedAgent([[{ text: 'x', fault: { type: 'hang' } }], []], { clock });
    const controller = new AbortController();
    const running = agent.run('question', { signal: controller.signal });
    await clock.advance(10);
    controller.abort();
    await expect(running).rejects.toMatchObject({ code: 'aborted' });
    expect(models[0]?.calls[0]?.options.signal?.aborted).toBe(true);
  });
});

describe('release modes', () => {
  it('takes provisional text back in optimistic mode, and says so first', async () => {
    const { agent } = scriptedAgent([[{ text: 'bad draft', chunks: ['bad ', 'draft'] }], ['verified']], { release: 'optimistic' });
    const events = await collect(agent.streamEvents('question'));
    const shown = events.filter((event) => event.type === 'text-delta' || event.type === 'answer-reset');
    expect(shown.map((event) => (event.type === 'text-delta' ? [event.text, event.provisional] : event.type))).toEqual([
      ['bad ', true], ['draft', true], 'answer-reset', ['verified', false],
    ]);
  });

  it('shows a draft in window mode once enough of it looks good', async () => {
    const first = 'good '.repeat(20);
    const { agent } = scriptedAgent([[{ text: `${first}and more`, chunks: [first, 'and ', 'more'] }], []], {
      release: 'window',
      progress: () => ({ push: () => ({ probability: 0.9 }), toolCall: () => ({}) }),
    });
    const events = await collect(agent.streamEvents('question'));
    expect(events.flatMap((event) => (event.type === 'text-delta' ? [event.text] : []))).toEqual([first, 'and ', 'more']);
    expect(events.findIndex((event) => event.type === 'text-delta')).toBeLessThan(events.findIndex((event) => event.type === 'draft-end'));
  });

  it('cancels a draft that cannot pass any more', async () => {
    const { agent, models } = scriptedAgent([[{ text: 'I cannot help', chunks: ['I cannot', ' help'], chunkDelayMs: 5 }], ['verified']], {
      progress: () => ({ push: () => ({ dead: 'it refuses' }), toolCall: () => ({}) }),
    });
    const result = await agent.run('question');
    expect(result.content).toBe('verified');
    expect(result.attempts[0]).toMatchObject({ status: 'cancelled' });
    expect(models[0]?.calls[0]?.options.signal?.aborted).toBe(true);
  });
});
