import type { AttemptStatus, CascadeEvent, CascadeResult, DraftEnd, Usage } from '@cascadeflow/contract';
import { type Pico, toPico } from './money.ts';

/**
 * What a call's money bought: an answer in its role, or nothing. `retry`: it failed and was tried again. `wasted`: it failed for good, was
 * cut, or was cancelled.
 */
export type LedgerRole = 'draft' | 'opinion' | 'judge' | 'verifier' | 'retry' | 'wasted';

/** One call of one model, as booked. */
export interface LedgerEntry {
  readonly runId: string;
  readonly attempt: number;
  readonly provider: string;
  readonly model: string;
  readonly role: LedgerRole;
  readonly status: AttemptStatus;
  readonly usage: Usage | undefined;
  /** Whole units of 1e-12 USD; `undefined` when the price or the usage is unknown. */
  readonly cost: Pico | undefined;
  /** True when the cost rests on estimated tokens. */
  readonly estimated: boolean;
  readonly sessionId: string | undefined;
  readonly user: string | undefined;
  /** `key=value` of every metadata field that holds a text, a number or a boolean. */
  readonly tags: readonly string[];
}

/** One run, as booked. */
export interface LedgerRun {
  readonly runId: string;
  readonly outcome: 'open' | 'answered' | 'failed';
  readonly cacheHit: boolean;
  /** What the last tier alone would have cost, in 1e-12 USD; 0 for a failed run, `undefined` when not known. */
  readonly baseline: Pico | undefined;
  readonly baselineEstimated: boolean;
}

type Mutable<Type> = { -readonly [Key in keyof Type]: Type[Key] };
type Payer = Pick<LedgerEntry, 'sessionId' | 'user' | 'tags'>;

/** Books the calls of any number of runs from their events, however these are interleaved. `add` can be an agent's `onEvent`. */
export interface LedgerBook {
  readonly entries: readonly LedgerEntry[];
  readonly runs: readonly LedgerRun[];
  readonly add: (event: CascadeEvent) => void;
}

/** An empty book. It keeps one small entry per call and nothing of prompts and answers. */
export function createLedgerBook(): LedgerBook {
  const entries: Mutable<LedgerEntry>[] = [];
  const runs: Mutable<LedgerRun>[] = [];
  const open = new Map<string, { readonly run: Mutable<LedgerRun>; readonly payer: Payer; readonly calls: Map<number, Mutable<LedgerEntry>> }>();

  const openRun = (runId: string, payer: Payer) => {
    const run: Mutable<LedgerRun> = { runId, outcome: 'open', cacheHit: false, baseline: undefined, baselineEstimated: false };
    const opened = { run, payer, calls: new Map<number, Mutable<LedgerEntry>>() };
    runs.push(run);
    open.set(runId, opened);
    return opened;
  };

  const add = (event: CascadeEvent): void => {
    if (event.type === 'cascade-start') {
      openRun(event.runId, { sessionId: event.sessionId, user: event.user, tags: tagsOf(event.metadata) });
    } else if (event.type === 'draft-end') {
      const { payer, calls } = open.get(event.runId) ?? openRun(event.runId, { sessionId: undefined, user: undefined, tags: [] });
      const entry = entryOf(event, payer);
      calls.set(event.attempt, entry);
      entries.push(entry);
    } else if (event.type === 'attempt-retry') {
      const entry = open.get(event.runId)?.calls.get(event.attempt);
      if (entry) entry.role = 'retry';
    } else if (event.type === 'cascade-end' || event.type === 'cascade-fail') {
      const opened = open.get(event.runId);
      if (opened) Object.assign(opened.run, event.type === 'cascade-end' ? answered(event.result) : { outcome: 'failed', baseline: 0 });
      open.delete(event.runId);
    }
  };
  return { entries, runs, add };
}

/** The book of a list of events. Pure. */
export function foldLedger(events: Iterable<CascadeEvent>): LedgerBook {
  const book = createLedgerBook();
  for (const event of events) book.add(event);
  return book;
}

function entryOf(end: DraftEnd, { sessionId, user, tags }: Payer): Mutable<LedgerEntry> {
  const { runId, attempt, provider, model, status, usage, cost, estimated } = end;
  const role = status === 'ok' ? end.role : 'wasted';
  return { runId, attempt, provider, model, role, status, usage, cost: cost === undefined ? undefined : toPico(cost), estimated, sessionId, user, tags };
}

function answered({ cacheHit, baselineCost, baselineEstimated }: CascadeResult): Partial<LedgerRun> {
  return { outcome: 'answered', cacheHit, baseline: baselineCost === undefined ? undefined : toPico(baselineCost), baselineEstimated };
}

function tagsOf(metadata: { readonly [key: string]: unknown } | undefined): string[] {
  if (!metadata) return [];
  return Object.entries(metadata).flatMap(([key, value]) => (typeof value === 'object' || value === undefined || typeof value === 'function' ? [] : [`${key}=${String(value)}`]));
}
