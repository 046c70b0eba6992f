import type { RunSummary, SummaryWindow } from '@cascadeflow/gateway';
import { signal } from '@preact/signals';
import { adminKey, api, type Live, RefusedError, type RunRow, type Show } from './api.ts';

/** Milliseconds between two looks. Chosen by hand: as fast as a person reads, and two cheap requests. */
const lookMs = 2000;

/** Milliseconds between two summaries. Chosen by hand: a longer window costs the gateway more, and changes less. */
const summaryMs: { readonly [Window in SummaryWindow]: number } = { hour: 8000, day: 8000, week: 30_000, month: 120_000 };

/** What the page shows: figures, a question for the key, or why there is nothing. */
export type Phase = 'starting' | 'key' | 'closed' | 'no-records' | 'open';

/** Everything on the page, as last heard. */
export const phase = signal<Phase>('starting');
export const keyWasWrong = signal(false);
/** Why the latest look failed; the figures shown are older then. */
export const trouble = signal<string | undefined>(undefined);
export const lastSeen = signal<number | undefined>(undefined);
export const live = signal<Live | undefined>(undefined);
export const summary = signal<RunSummary | undefined>(undefined);
export const span = signal<SummaryWindow>('day');
export const show = signal<Show>('all');
export const runs = signal<readonly RunRow[] | undefined>(undefined);
/** Id of the run whose story is open. */
export const story = signal<string | undefined>(undefined);

let summaryAt = 0;
let wake = () => {};

/** Looks again now, the summary included. */
export function lookNow(): void {
  summaryAt = 0;
  wake();
}

/** Takes a key and tries it. */
export function signIn(key: string): void {
  adminKey.set(key);
  keyWasWrong.value = false;
  phase.value = 'open';
  lookNow();
}

/** Forgets the key. */
export function signOut(): void {
  adminKey.clear();
  live.value = summary.value = runs.value = undefined;
  phase.value = 'key';
}

/** Looks at the gateway for as long as the page is open; not while nobody sees it. */
export async function watch(): Promise<void> {
  document.addEventListener('visibilitychange', () => wake());
  for (;;) {
    if (!document.hidden) await look();
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, lookMs);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

async function look(): Promise<void> {
  try {
    if (phase.value === 'key') return;
    if (phase.value !== 'open') {
      const { access, records } = await api.access();
      phase.value = access === 'closed' ? 'closed' : !records ? 'no-records' : access === 'key' && adminKey.get() === undefined ? 'key' : 'open';
      trouble.value = undefined;
      if (phase.value !== 'open') return;
    }
    const [asked, window] = [show.value, span.value];
    const isDue = Date.now() - summaryAt >= summaryMs[window] || summary.value?.window !== window;
    const [nextLive, nextRuns, nextSummary] = await Promise.all([api.live(), api.runs(asked), isDue ? api.summary(window) : undefined]);
    live.value = nextLive;
    if (asked === show.value) runs.value = nextRuns;
    if (nextSummary) {
      summary.value = nextSummary;
      summaryAt = Date.now();
    }
    trouble.value = undefined;
    lastSeen.value = Date.now();
  } catch (error) {
    if (error instanceof RefusedError && error.status === 401) {
      keyWasWrong.value = adminKey.get() !== undefined;
      signOut();
    } else if (error instanceof RefusedError && error.status === 403) phase.value = 'closed';
    else trouble.value = error instanceof RefusedError ? `The gateway cannot say: ${error.message}` : 'The gateway does not answer. Trying again every two seconds.';
  }
}
