import { type CascadeEvent, type Clock, systemClock } from '@cascadeflow/contract';
import { Metrics } from './metrics.ts';
import { RunReader, type RunRecord } from './run-record.ts';

/** Runs kept in memory unless told otherwise. Chosen by hand: some megabytes. */
export const rememberedRuns = 2000;

/** Where finished runs are kept. Methods may be asynchronous. */
export interface RunStore {
  add(record: RunRecord): void | Promise<void>;
  /** Newest first; `before` is the `endedAt` that all must be older than. */
  list(query: { readonly limit: number; readonly before?: number }): readonly RunRecord[] | Promise<readonly RunRecord[]>;
  get(runId: string): RunRecord | undefined | Promise<RunRecord | undefined>;
}

/** Watches runs, for the dashboard and for Prometheus. */
export interface RunLog {
  /** Give it to each cascade as `onEvent`. */
  readonly onEvent: (event: CascadeEvent) => void;
  readonly store: RunStore;
  /** Counters since the start of the process, in Prometheus' text format. */
  readonly metrics: () => string;
}

/** What a {@link RunLog} may be made of. */
export interface RunLogOptions {
  /** Default: the latest {@link rememberedRuns} in memory. */
  readonly store?: RunStore;
  readonly clock?: Clock;
  /** Told when the store fails; runs go on. */
  readonly onStoreFailure?: (error: unknown) => void;
}

/** Makes a log of runs: `new CascadeAgent({ …, onEvent: log.onEvent })` and `createGateway({ cascades, runs: log })`. Nothing of what was asked and answered is kept. */
export function createRunLog({ store = createMemoryRunStore(), clock = systemClock, onStoreFailure }: RunLogOptions = {}): RunLog {
  const open = new Map<string, RunReader>();
  const metrics = new Metrics();
  return {
    store,
    metrics: () => metrics.text(),
    onEvent(event) {
      let reader = open.get(event.runId);
      if (!reader) open.set(event.runId, (reader = new RunReader()));
      const record = reader.take(event, clock.wallNow());
      if (!record) return;
      open.delete(event.runId);
      metrics.add(record);
      try {
        void Promise.resolve(store.add(record)).catch((error: unknown) => onStoreFailure?.(error));
      } catch (error) {
        onStoreFailure?.(error);
      }
    },
  };
}

/** The latest runs in memory. */
export function createMemoryRunStore(capacity = rememberedRuns): RunStore {
  const runs = new Map<string, RunRecord>();
  return {
    add(record) {
      runs.set(record.runId, record);
      const oldest = runs.keys().next().value;
      if (runs.size > capacity && oldest !== undefined) runs.delete(oldest);
    },
    list: ({ limit, before = Infinity }) => [...runs.values()].reverse().filter((run) => run.endedAt < before).slice(0, limit),
    get: (runId) => runs.get(runId),
  };
}
