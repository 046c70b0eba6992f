import type { ModelEvent } from '@cascadeflow/contract';
import { expect, it } from 'vitest';
import { virtualClock } from './clock.ts';
import { seededRandom } from './random.ts';
import { playRunScript, randomRunScript } from './run-script.ts';

it('tells the same story for a seed, and all kinds of stories over many', () => {
  expect(randomRunScript(seededRandom(11))).toEqual(randomRunScript(seededRandom(11)));
  const scripts = Array.from({ length: 500 }, (_, seed) => randomRunScript(seededRandom(seed)));
  const faults = new Set(scripts.flatMap((script) => script.tiers.flat()).map((step) => step.fault?.type ?? 'none'));
  expect(faults).toEqual(new Set(['none', 'throw', 'cut', 'hang']));
  expect(new Set(scripts.map((script) => script.tiers.length))).toEqual(new Set([1, 2, 3]));
  const aborted = scripts.filter((script) => script.abortAfterMs !== undefined).length;
  expect(aborted).toBeGreaterThan(20);
  expect(aborted).toBeLessThan(100);
});

it('plays a story the same way twice, its last step for ever', async () => {
  const clock = virtualClock();
  const script = randomRunScript(seededRandom(3), { tiers: 2, faultRate: 0 });
  const play = async (calls: number): Promise<ModelEvent[]> => {
    const [first] = playRunScript(script, { clock });
    const events: ModelEvent[] = [];
    for (let call = 0; call < calls; call++) for await (const event of first!.stream({ messages: [] })) events.push(event);
    return events;
  };
  const once = await clock.settle(play(6));
  expect(await clock.settle(play(6))).toEqual(once);
  expect(once.filter((event) => event.type === 'end')).toHaveLength(6);
});
