import { type CascadeEvent, type Clock, systemClock } from '@cascadeflow/contract';
import { createMemoryRunStore } from './memory-run-store.ts';
import { Metrics } from './metrics.ts';
import { type OpenRun, RunReader, type RunRecord } from './run-record.ts';
import type { RunStore } from './run-store.ts';

/** Records that wait for a store that fails; the oldest are given up. Chosen by hand: some megabytes. */
const waitingRuns = 10_000;

/** Milliseconds until a store that failed is tried again. Chosen by hand. */
const retryMs = 1000;

/** Watches runs, for the dashboard and for Prometheus. */
export interface RunLog {
  /** Give it to each cascade as `onEvent`. */
  readonly onEvent: (event: CascadeEvent) => void;
  readonly store: RunStore;
  /** Runs under way in this process, the latest first, as many as are asked for. */
  readonly open: (limit: number) => readonly OpenRun[];
  /** Counters since the start of the process, in Prometheus' text format. */
  readonly metrics: () => string;
}

/** What a {@link RunLog} may be made of. */
export interface RunLogOptions {
  /** Default: the latest two thousand in memory. */
  readonly store?: RunStore;
  readonly clock?: Clock;
  /** Told when the store fails: runs go on, and their records wait until it takes them. `lost` counts those that had to be given up. */
  readonly onStoreFailure?: (error: unknown, lost: number) => void;
}

/** Makes a log of runs: `new CascadeAgent({ …, onEvent: log.onEvent })` and `createGateway({ cascades, runs: log })`. Nothing of what was asked and answered is kept. */
export function createRunLog({ store = createMemoryRunStore(), clock = systemClock, onStoreFailure }: RunLogOptions = {}): RunLog {
  const open = new Map<string, RunReader>();
  const keep = createKeeper(store, clock, onStoreFailure);
  const metrics = new Metrics();
  return {
    store,
    open: (limit) => [...open].slice(-limit).reverse().map(([runId, reader]) => ({ runId, ...reader.soFar })),
    metrics: () => metrics.text(),
    onEvent(event) {
      let reader = open.get(event.runId);
      if (!reader) open.set(event.runId, (reader = new RunReader(clock.wallNow() - event.atMs)));
      const record = reader.take(event, clock.wallNow());
      if (!record) return;
      open.delete(event.runId);
      metrics.add(record);
      keep(record);
    },
  };
}

/** Hands records to a store one after the other, and again when it failed. */
function createKeeper(store: RunStore, clock: Clock, onFailure: RunLogOptions['onStoreFailure']): (record: RunRecord) => void {
  const waiting: RunRecord[] = [];
  let isBusy = false;
  const drain = async () => {
    isBusy = true;
    for (let next = waiting[0]; next; next = waiting[0]) {
      try {
        await store.add(next);
        // While it was away the oldest may have been given up.
        if (waiting[0] === next) waiting.shift();
      } catch (error) {
        const lost = Math.max(0, waiting.length - waitingRuns);
        waiting.splice(0, lost);
        onFailure?.(error, lost);
        await new Promise<void>((resolve) => void clock.after(retryMs, resolve));
      }
    }
    isBusy = false;
  };
  return (record) => {
    waiting.push(record);
    if (!isBusy) void drain();
  };
}
