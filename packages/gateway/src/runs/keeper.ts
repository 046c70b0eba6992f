import type { Clock } from '@cascadeflow/contract';
import type { RunStore } from './run-store.ts';
import type { RunRecord } from './run-record.ts';
import { soon } from './soon.ts';

/** Records that wait for a store that fails; the oldest are given up. Chosen by hand: some megabytes. */
const waitingRuns = 10_000;

/** Records that are handed over at once. Chosen by hand: about a megabyte. */
const batchRuns = 500;

/** Milliseconds until a store that failed is tried again. Chosen by hand. */
const retryMs = 1000;

/** Milliseconds that finished runs may take to reach the store at the end. Chosen by hand. */
export const flushMs = 5000;

/** Hands records to a store a moment after they came, those that have come meanwhile together, and again when it failed. */
export interface Keeper {
  readonly keep: (record: RunRecord) => void;
  /** Resolves when what has been kept so far is in the store, or after this time. */
  readonly flush: (withinMs?: number) => Promise<void>;
  /** True from a failure until the store takes records again. */
  readonly isFailing: () => boolean;
}

/** Makes a keeper; `onFailure` is told what the store threw and how many records had to be given up. */
export function createKeeper(store: RunStore, clock: Clock, onFailure: (error: unknown, lost: number) => void): Keeper {
  const waiting: RunRecord[] = [];
  let draining: Promise<void> | undefined;
  let kept = 0;
  let done = 0;
  let isFailing = false;
  let watchers: { readonly until: number; readonly wake: () => void }[] = [];

  const drain = async () => {
    while (waiting.length > 0) {
      const batch = waiting.splice(0, batchRuns);
      try {
        await addAll(store, batch);
        done += batch.length;
        isFailing = false;
      } catch (error) {
        isFailing = true;
        waiting.unshift(...batch);
        const lost = Math.max(0, waiting.length - waitingRuns);
        waiting.splice(0, lost);
        done += lost;
        onFailure(error, lost);
        await new Promise<void>((resolve) => void clock.after(retryMs, resolve));
      }
      for (const watcher of watchers) if (watcher.until <= done) watcher.wake();
      watchers = watchers.filter((watcher) => watcher.until > done);
    }
    draining = undefined;
  };

  return {
    isFailing: () => isFailing,
    keep(record) {
      kept++;
      waiting.push(record);
      draining ??= new Promise<void>(soon).then(drain);
    },
    flush(withinMs = flushMs) {
      if (done >= kept) return Promise.resolve();
      return new Promise((resolve) => {
        const stop = clock.after(withinMs, resolve);
        const wake = () => {
          stop();
          resolve();
        };
        watchers.push({ until: kept, wake });
      });
    },
  };
}

async function addAll(store: RunStore, records: readonly RunRecord[]): Promise<void> {
  if (store.addAll) return store.addAll(records);
  for (const record of records) await store.add(record);
}
