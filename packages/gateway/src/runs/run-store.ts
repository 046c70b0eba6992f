import type { RunRecord } from './run-record.ts';
import type { Tally, TallyCounts } from './tally.ts';

/** Which runs are asked for. */
export interface RunQuery {
  readonly limit: number;
  /** The `endedAt` that all must be older than. */
  readonly before?: number;
  /** `failed`: those alone. `slow`: of the latest {@link slowAmong} those that took longest, longest first. Default `all`, newest first. */
  readonly show?: 'all' | 'failed' | 'slow';
}

/** How many of the latest runs are searched for slow ones: what the search costs does not grow with the store. Chosen by hand. */
export const slowAmong = 5000;

/** Which sums are asked for. */
export interface TotalsQuery {
  /** Milliseconds since 1970, at the start of an hour. */
  readonly since: number;
  /** Milliseconds between two points of the line; whole multiples of the stretch that runs are added up by. */
  readonly step: number;
}

/** Sums of the runs since a time. */
export interface RunTotals {
  /** One for each kind and name. */
  readonly tallies: readonly Omit<Tally, 'slot'>[];
  /** All runs, by time, oldest first; stretches without runs are left out. */
  readonly line: readonly (TallyCounts & { readonly at: number })[];
  /** Labelled runs by the bar of the histogram that their first draft is in. */
  readonly labels: readonly { readonly bar: number; readonly labelled: number; readonly good: number }[];
}

/** Where finished runs are kept. Methods may be asynchronous. */
export interface RunStore {
  /** Keeps a run and adds it to the sums; one that is given again is not counted again. */
  add(record: RunRecord): void | Promise<void>;
  /** Keeps several at once, all or none. Default: one `add` after the other. */
  addAll?(records: readonly RunRecord[]): void | Promise<void>;
  list(query: RunQuery): readonly RunRecord[] | Promise<readonly RunRecord[]>;
  get(runId: string): RunRecord | undefined | Promise<RunRecord | undefined>;
  /** Says whether the answer of a run was good; the last word counts. False: there is no such run. */
  label(runId: string, good: boolean): boolean | Promise<boolean>;
  totals(query: TotalsQuery): RunTotals | Promise<RunTotals>;
}
