import { sleep } from '@cascadeflow/contract';
import { describe, expect, it } from 'vitest';
import { virtualClock } from './clock.ts';

describe('virtualClock', () => {
  it('runs tasks in order, and those that they start', async () => {
    const clock = virtualClock();
    const woken: string[] = [];
    clock.after(20, () => void woken.push('late'));
    void sleep(clock, 10).then(async () => {
      woken.push('early');
      await sleep(clock, 5);
      woken.push(`nested at ${clock.now()}`);
    });
    await clock.advance(19);
    expect(woken).toEqual(['early', 'nested at 15']);
    await clock.advance(1);
    expect(woken.at(-1)).toBe('late');
    expect([clock.now(), clock.waiting]).toEqual([20, 0]);
  });

  it('drops a task that is called off', async () => {
    const clock = virtualClock();
    const stop = clock.after(10, () => expect.unreachable());
    stop();
    stop();
    await clock.advance(20);
    const abort = new AbortController();
    const slept = sleep(clock, 1000, abort.signal);
    abort.abort(new Error('enough'));
    await expect(slept).rejects.toThrow('enough');
    expect(clock.waiting).toBe(0);
  });

  it('settles a promise through an hour of sleep in no time, and says when that cannot be', async () => {
    const clock = virtualClock();
    const hour = async (): Promise<string> => {
      for (let minute = 0; minute < 60; minute++) await sleep(clock, 60_000);
      return 'done';
    };
    expect(await clock.settle(hour())).toBe('done');
    expect(clock.now()).toBe(3_600_000);
    await expect(clock.settle(new Promise(() => {}))).rejects.toThrow(/no task waits/);
  });

  it('moves the wall clock by hand without touching the monotonic one', async () => {
    const clock = virtualClock({ wallNow: 1000 });
    clock.jump(-500);
    await clock.advance(10);
    expect([clock.now(), clock.wallNow()]).toEqual([10, 510]);
  });
});
