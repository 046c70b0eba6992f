import type { RunTotals, TotalsQuery } from './run-store.ts';
import { addTo, probabilityBars, type Tally, type TallyCounts, type TallyKind } from './tally.ts';

/** The times a summary may be of, with the distance between two points of its line, in milliseconds. Chosen by hand: about thirty to fifty points. */
const windows = {
  hour: { lengthMs: 3_600_000, step: 300_000 },
  day: { lengthMs: 24 * 3_600_000, step: 1_800_000 },
  week: { lengthMs: 7 * 24 * 3_600_000, step: 4 * 3_600_000 },
  month: { lengthMs: 30 * 24 * 3_600_000, step: 24 * 3_600_000 },
} as const;

/** How far back a summary goes. */
export type SummaryWindow = keyof typeof windows;

/** Names of the windows, shortest first. */
export const summaryWindows = Object.keys(windows) as readonly SummaryWindow[];

/** Sums of one model, domain or key; see {@link TallyCounts}. */
export interface RunGroup extends TallyCounts {
  readonly name: string;
}

/** Finished runs added up. Money in USD: what is not known is in no sum of money and counted as `unpriced` and `unsaved`. */
export interface RunSummary extends TallyCounts {
  readonly window: SummaryWindow;
  /** When it begins, milliseconds since 1970: the start of an hour. */
  readonly since: number;
  /** When it was made. */
  readonly until: number;
  /** Milliseconds between two points of the line. */
  readonly step: number;
  readonly outcomes: { readonly [outcome: string]: number };
  /** Drafts that were judged, by who wrote them. */
  readonly byDrafter: readonly RunGroup[];
  /** Calls by the model that was called. */
  readonly byModel: readonly RunGroup[];
  readonly byDomain: readonly RunGroup[];
  /** Runs without a key are under the empty name. */
  readonly byKey: readonly RunGroup[];
  /** First drafts by probability in bars of equal width from 0 to 1: how many, how many of them were accepted, and of those accepted how many have a label and are good. */
  readonly probabilities: readonly { readonly from: number; readonly to: number; readonly count: number; readonly accepted: number; readonly labelled: number; readonly good: number }[];
  /** All runs over time, oldest first; stretches without runs are left out. */
  readonly line: RunTotals['line'];
}

/** What to ask a store for. */
export function windowQuery(window: SummaryWindow, now: number): TotalsQuery {
  const { lengthMs, step } = windows[window];
  const hour = 3_600_000;
  return { since: Math.floor((now - lengthMs) / hour) * hour, step };
}

/** The summary that a store's sums make. */
export function summarize(window: SummaryWindow, now: number, { tallies, line, labels }: RunTotals): RunSummary {
  const outcomes = groupsOf(tallies, 'outcome');
  const bars = groupsOf(tallies, 'probability');
  const all: TallyCounts = { count: 0, judged: 0, accepted: 0, failed: 0, cost: 0, unpriced: 0, saved: 0, unsaved: 0, baseline: 0 };
  for (const outcome of outcomes) addTo(all, outcome);
  return {
    window,
    ...windowQuery(window, now),
    until: now,
    ...all,
    outcomes: Object.fromEntries(outcomes.map(({ name, count }) => [name, count])),
    byDrafter: groupsOf(tallies, 'drafter'),
    byModel: groupsOf(tallies, 'model'),
    byDomain: groupsOf(tallies, 'domain'),
    byKey: groupsOf(tallies, 'key'),
    probabilities: Array.from({ length: probabilityBars }, (_, index) => {
      const { count = 0, accepted = 0 } = bars.find(({ name }) => name === String(index)) ?? {};
      const { labelled = 0, good = 0 } = labels.find(({ bar }) => bar === index) ?? {};
      return { from: index / probabilityBars, to: (index + 1) / probabilityBars, count, accepted, labelled, good };
    }),
    line,
  };
}

/** Most first. */
function groupsOf(tallies: readonly Omit<Tally, 'slot'>[], wanted: TallyKind): RunGroup[] {
  return tallies.filter(({ kind }) => kind === wanted).map(({ kind: _, ...group }) => group).sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}
