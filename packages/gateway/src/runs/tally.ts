import type { RunRecord, RunStep } from './run-record.ts';

/** What is added up: runs by outcome, by domain and by key, judged drafts by who wrote them, first drafts by probability, calls by model. */
export type TallyKind = 'outcome' | 'domain' | 'key' | 'drafter' | 'probability' | 'model';

/** Numbers that are added up. Money in USD: what is not known is in no sum of money, and counted beside it. */
export interface TallyCounts {
  /** Runs, drafts or calls, as the kind says. */
  readonly count: number;
  /** Of them those with a draft that was judged. */
  readonly judged: number;
  readonly accepted: number;
  readonly failed: number;
  readonly cost: number;
  /** Those whose cost is not known. */
  readonly unpriced: number;
  readonly saved: number;
  /** Those that ended well without it being known what they saved. */
  readonly unsaved: number;
  /** What the last tier alone would have cost, of those whose savings are known. */
  readonly baseline: number;
}

/** What one run, or many, add to the sum of one name within one stretch of time. */
export interface Tally extends TallyCounts {
  /** When the stretch begins, milliseconds since 1970. */
  readonly slot: number;
  readonly kind: TallyKind;
  readonly name: string;
}

/** Names of the numbers of a tally, in the order that stores keep them in. */
export const tallyFields = ['count', 'judged', 'accepted', 'failed', 'cost', 'unpriced', 'saved', 'unsaved', 'baseline'] as const satisfies readonly (keyof TallyCounts)[];

/** Milliseconds of a stretch: runs by outcome make a line over time; the rest is only added up. Chosen by hand, see decision 96. */
export const slotMs = { outcome: 300_000, other: 3_600_000 } as const;

/** Bars of the histogram of probabilities. */
export const probabilityBars = 20;

const none: TallyCounts = { count: 0, judged: 0, accepted: 0, failed: 0, cost: 0, unpriced: 0, saved: 0, unsaved: 0, baseline: 0 };

/** What a finished run adds, at most once for each kind and name. Stores add it in the same step that keeps the run. */
export function toTallies(record: RunRecord): Tally[] {
  const { outcome, domain, key, probability, endedAt, calls } = record;
  const whole = countsOf(record);
  const made: Tally[] = [];
  const add = (kind: TallyKind, name: string, counts: TallyCounts) => {
    const known = made.find((tally) => tally.kind === kind && tally.name === name);
    if (known) return addTo(known, counts);
    const size = kind === 'outcome' ? slotMs.outcome : slotMs.other;
    made.push({ slot: Math.floor(endedAt / size) * size, kind, name, ...counts });
  };
  add('outcome', outcome, whole);
  add('key', key ?? '', whole);
  if (domain !== undefined) add('domain', domain, whole);
  if (probability !== undefined) add('probability', String(barOf(probability)), whole);
  for (const draft of judgedDrafts(record.steps)) add('drafter', draft.model, { ...none, count: 1, judged: 1, accepted: Number(draft.accepted) });
  for (const { model, status, cost } of calls) add('model', model, { ...none, count: 1, failed: Number(status === 'failed'), cost: cost ?? 0, unpriced: Number(cost === undefined) });
  return made;
}

/** Adds numbers to a sum, field by field. */
export function addTo(sum: { -readonly [Field in keyof TallyCounts]: number }, counts: TallyCounts): void {
  sum.count += counts.count;
  sum.judged += counts.judged;
  sum.accepted += counts.accepted;
  sum.failed += counts.failed;
  sum.cost += counts.cost;
  sum.unpriced += counts.unpriced;
  sum.saved += counts.saved;
  sum.unsaved += counts.unsaved;
  sum.baseline += counts.baseline;
}

/** Which bar of the histogram a probability is in. */
export function barOf(probability: number): number {
  return Math.min(probabilityBars - 1, Math.max(0, Math.floor(probability * probabilityBars)));
}

/** The bar whose reliability a label of this run tells of; none unless the answer was the first draft, which the probability was given to. */
export function labelledBar({ outcome, model, probability, calls }: RunRecord): number | undefined {
  const first = calls.find((call) => call.role === 'draft');
  return outcome === 'accepted' && probability !== undefined && first?.model === model ? barOf(probability) : undefined;
}

function countsOf({ outcome, probability, cost, saved, baseline }: RunRecord): TallyCounts {
  return {
    count: 1,
    judged: Number(probability !== undefined),
    accepted: Number(outcome === 'accepted' && probability !== undefined),
    failed: Number(outcome === 'failed'),
    cost: cost ?? 0,
    unpriced: Number(cost === undefined),
    saved: saved ?? 0,
    unsaved: Number(saved === undefined && outcome !== 'failed'),
    baseline: saved === undefined ? 0 : (baseline ?? 0),
  };
}

/** A verdict is on the call before it. The last tier's own answer is judged too, but is no draft. */
function judgedDrafts(steps: readonly RunStep[]): { readonly model: string; readonly accepted: boolean }[] {
  const drafts: { model: string; accepted: boolean }[] = [];
  let call: RunStep | undefined;
  for (const step of steps) {
    if (step.kind === 'call') call = step;
    else if (step.kind === 'verdict' && call) {
      if (call.role === 'draft') drafts.push({ model: call.label, accepted: step.status === 'accepted' });
      call = undefined;
    }
  }
  return drafts;
}
