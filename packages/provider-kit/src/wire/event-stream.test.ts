import type { ModelEvent } from '@cascadeflow/contract';
import { expect, it } from 'vitest';
import { EventStream } from './event-stream.ts';

const say = (...texts: string[]): ModelEvent[] => texts.map((text) => ({ type: 'text-delta', text }));

/** A stream over batches, and what was done with its source. */
function streamOf(batches: readonly (readonly ModelEvent[] | Error)[]) {
  const seen = { opened: 0, reads: 0, closed: 0 };
  const stream = new EventStream(() => {
    seen.opened++;
    return {
      async read() {
        const batch = batches[seen.reads++];
        if (batch instanceof Error) throw batch;
        return batch;
      },
      toThrown: (error) => new Error(`told: ${(error as Error).message}`),
      close: () => void seen.closed++,
    };
  });
  return { stream, seen };
}

it('hands out events one by one, passes over empty batches, and closes once at the end', async () => {
  const { stream, seen } = streamOf([say('a', 'b'), [], say('c')]);
  expect(seen.opened).toBe(0);
  const events: ModelEvent[] = [];
  for await (const event of stream) events.push(event);
  expect(events).toEqual(say('a', 'b', 'c'));
  expect(await stream.next()).toEqual({ done: true, value: undefined });
  expect(seen).toEqual({ opened: 1, reads: 4, closed: 1 });
});

it('hands them out in the order in which they were asked for, without reading twice', async () => {
  const { stream, seen } = streamOf([say('a', 'b'), say('c')]);
  const asked = await Promise.all([stream.next(), stream.next(), stream.next(), stream.next()]);
  expect(asked.map(({ value }) => (value && 'text' in value ? value.text : value))).toEqual(['a', 'b', 'c', undefined]);
  expect(seen).toMatchObject({ reads: 3, closed: 1 });
});

it('is closed by a reader that leaves, and gives nothing after that', async () => {
  const { stream, seen } = streamOf([say('a', 'b')]);
  for await (const _ of stream) break;
  expect(await stream.next()).toEqual({ done: true, value: undefined });
  expect(seen).toEqual({ opened: 1, reads: 1, closed: 1 });
});

it('throws what its source makes of a failure, once, and closes', async () => {
  const { stream, seen } = streamOf([say('a'), new Error('broken')]);
  await stream.next();
  await expect(stream.next()).rejects.toThrow('told: broken');
  expect(await stream.next()).toEqual({ done: true, value: undefined });
  expect(seen.closed).toBe(1);
});
