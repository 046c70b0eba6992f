import { type CascadeEvent, type Clock, systemClock } from '@cascadeflow/contract';
import { createKeeper } from './keeper.ts';
import { createMemoryRunStore } from './memory-run-store.ts';
import { Metrics } from './metrics.ts';
import { type OpenRun, RunReader } from './run-record.ts';
import type { RunStore } from './run-store.ts';


/** Watches runs, for the dashboard and for Prometheus. */
export interface RunLog {
  /** Give it to each cascade as `onEvent`. */
  readonly onEvent: (event: CascadeEvent) => void;
  readonly store: RunStore;
  /** Runs under way in this process, the latest first, as many as are asked for. */
  readonly open: (limit: number) => readonly OpenRun[];
  /** Counters since the start of the process, in Prometheus' text format. */
  readonly metrics: () => string;
  /** Resolves when every finished run is in the store, or when waiting for one that fails has taken `withinMs`, five seconds by default. */
  flush(withinMs?: number): Promise<void>;
  /** Waits for the runs of an answer, as `answerWaitMs` says; not while the store fails. */
  recorded(): Promise<void>;
}

/** What a {@link RunLog} may be made of. */
export interface RunLogOptions {
  /** Default: the latest two thousand in memory. */
  readonly store?: RunStore;
  readonly clock?: Clock;
  /** Told when the store fails: runs go on, and their records wait until it takes them. `lost` counts those that had to be given up. */
  readonly onStoreFailure?: (error: unknown, lost: number) => void;
  /**
   * Milliseconds that a gateway's answer may wait for its run to be in the store, so that a process that is killed has answered nothing it did not
   * write down. Default 0: answers do not wait.
   */
  readonly answerWaitMs?: number;
}

/** Makes a log of runs: `new CascadeAgent({ …, onEvent: log.onEvent })` and `createGateway({ cascades, runs: log })`. Nothing of what was asked and answered is kept. */
export function createRunLog({ store = createMemoryRunStore(), clock = systemClock, onStoreFailure, answerWaitMs = 0 }: RunLogOptions = {}): RunLog {
  const open = new Map<string, RunReader>();
  const keeper = createKeeper(store, clock, onStoreFailure ?? (() => {}));
  const metrics = new Metrics();
  return {
    store,
    open: (limit) => [...open].slice(-limit).reverse().map(([runId, reader]) => ({ runId, ...reader.soFar })),
    metrics: () => metrics.text(),
    flush: keeper.flush,
    recorded: () => (answerWaitMs > 0 && !keeper.isFailing() ? keeper.flush(answerWaitMs) : Promise.resolve()),
    onEvent(event) {
      let reader = open.get(event.runId);
      if (!reader) open.set(event.runId, (reader = new RunReader(clock.wallNow() - event.atMs)));
      const record = reader.take(event, clock.wallNow());
      if (!record) return;
      open.delete(event.runId);
      metrics.add(record);
      keeper.keep(record);
    },
  };
}
