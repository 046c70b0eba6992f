import { ProviderError } from '@cascadeflow/contract';
import type { ModelEvent, ModelRequest } from '@cascadeflow/contract';
import { describe, expect, it } from 'vitest';
import { virtualClock } from './clock.ts';
import { repeatingModel } from './repeating-model.ts';
import { scriptedModel } from './scripted-model.ts';
import { scriptedProvider } from './scripted-provider.ts';

const ask: ModelRequest = { messages: [{ role: 'user', content: 'What is the capital of France?' }] };

async function collect(stream: AsyncIterable<ModelEvent>): Promise<ModelEvent[]> {
  const events: ModelEvent[] = [];
  for await (const event of stream) events.push(event);
  return events;
}

describe('scriptedModel', () => {
  it('plays its steps in order and is done', async () => {
    const model = scriptedModel(['Paris.', { text: 'Lyon?', chunks: 2, finishReason: 'length', usage: 'unknown' }]);

    expect(await collect(model.stream(ask))).toEqual([
      { type: 'text-delta', text: 'Paris.' },
      { type: 'end', finishReason: { unified: 'stop', raw: 'stop' }, usage: { input: 8, output: 2 } },
    ]);
    expect(await collect(model.stream(ask))).toEqual([
      { type: 'text-delta', text: 'Ly' },
      { type: 'text-delta', text: 'on' },
      { type: 'text-delta', text: '?' },
      { type: 'end', finishReason: { unified: 'length', raw: 'length' } },
    ]);
    expect(model.calls.map((call) => [call.outcome, call.events])).toEqual([['ended', 2], ['ended', 4]]);
    expect(model.calls[0]?.request).toBe(ask);
    model.done();
  });

  it('objects to a call it does not expect, again in done', () => {
    const model = scriptedModel([]);
    expect(() => model.stream(ask)).toThrow(/not expected/);
    expect(() => model.done()).toThrow(/not expected/);
  });

  it('objects to a step that nobody asked for', () => {
    expect(() => scriptedModel(['Paris.']).done()).toThrow('1 of 1 steps were not played');
  });

  it('objects to a request that fails its check', () => {
    const expectTemperature = (request: ModelRequest): void => expect(request.temperature).toBe(0);
    const model = scriptedModel([{ text: 'Paris.', expect: expectTemperature }]);
    expect(() => model.stream(ask)).toThrow();
    expect(() => model.done()).toThrow();
  });

  it('calls tools, thinks, and spreads one logprob per chunk', async () => {
    const events = await collect(
      scriptedModel([
        {
          text: 'ab',
          chunks: 1,
          reasoning: 'hm',
          logprobs: [{ token: 'a', logprob: -0.1 }, { token: 'b', logprob: -0.2 }],
          toolCalls: [{ name: 'weather', arguments: { city: 'Paris' } }],
        },
      ]).stream(ask),
    );
    expect(events.map((event) => event.type)).toEqual([
      'reasoning-delta', 'text-delta', 'logprobs', 'text-delta', 'logprobs', 'tool-call-start', 'tool-call', 'end',
    ]);
    expect(events.at(-2)).toEqual({ type: 'tool-call', call: { id: 'call_1', name: 'weather', arguments: '{"city":"Paris"}' } });
    expect(events.at(-1)).toMatchObject({ finishReason: { unified: 'tool-calls' } });
  });

  it('cuts, throws and hangs where told', async () => {
    const model = scriptedModel([
      { text: 'one two', chunks: 'words', fault: { type: 'cut', afterChunks: 1 } },
      { text: 'one two', chunks: 'words', fault: { type: 'throw', kind: 'rate-limit', status: 429, retryAfterMs: 1000, afterChunks: 1 } },
      { text: 'one two', chunks: 'words', fault: { type: 'hang', afterChunks: 2 } },
    ]);
    expect(await collect(model.stream(ask))).toEqual([{ type: 'text-delta', text: 'one' }]);
    const failed = await collect(model.stream(ask)).catch((error: unknown) => error);
    expect(failed).toBeInstanceOf(ProviderError);
    expect(failed).toMatchObject({ kind: 'rate-limit', retryable: true, retryAfterMs: 1000 });

    const abort = new AbortController();
    const hung = collect(model.stream(ask, { signal: abort.signal }));
    await new Promise((resolve) => setTimeout(resolve, 5));
    abort.abort(new Error('enough'));
    await expect(hung).rejects.toThrow('enough');
    expect(model.calls.map((call) => call.outcome)).toEqual(['cut', 'threw', 'aborted']);
    expect(model.calls[2]?.events).toBe(2);
    model.done();
  });

  it('waits on the clock it is given', async () => {
    const clock = virtualClock();
    const model = scriptedModel([{ text: 'a b c', chunks: 'words', delayMs: 1000, chunkDelayMs: 50 }], { clock });
    await clock.settle(collect(model.stream(ask)));
    expect(clock.now()).toBe(1100);
  });

  it('has generate when told to', async () => {
    const model = scriptedModel(['Paris.'], { generates: true });
    expect(await model.generate?.(ask)).toHaveLength(2);
    expect(model.calls[0]?.via).toBe('generate');
    expect(scriptedModel([]).generate).toBeUndefined();
  });

  it('writes down a reader who left', async () => {
    const model = scriptedModel([{ text: 'a b c', chunks: 'words' }]);
    for await (const event of model.stream(ask)) if (event.type === 'text-delta') break;
    expect(model.calls[0]).toMatchObject({ outcome: 'left', events: 1 });
  });
});

describe('repeatingModel', () => {
  it('answers for ever and counts its calls', async () => {
    const model = repeatingModel((request, call) => (call === 1 ? { text: 'x', finishReason: 'length' } : `${request.messages.length}:${call}`));
    const texts: string[] = [];
    for (let round = 0; round < 3; round++) {
      for (const event of await collect(model.stream(ask))) if (event.type === 'text-delta') texts.push(event.text);
    }
    expect(texts).toEqual(['1:0', 'x', '1:2']);
    expect(model.callCount).toBe(3);
  });
});

describe('scriptedProvider', () => {
  it('knows its models alone', () => {
    const small = scriptedModel([], { id: 'small' });
    const provider = scriptedProvider('acme', [small], { prices: { small: { input: 1, output: 2 } } });
    expect(provider.model('small')).toBe(small);
    expect(provider.price?.('small')).toEqual({ input: 1, output: 2 });
    expect(() => provider.model('large')).toThrow(/only small/);
  });
});
