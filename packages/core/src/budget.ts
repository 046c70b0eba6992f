import type { BudgetScope, BudgetStore } from '@cascadeflow/contract';
import { toPico } from './money.ts';

/** What happens when a purse is full: refuse the run, go on with the cheapest model alone if that fits, or go on and say so. */
export type AtLimit = 'stop' | 'cheapest-only' | 'warn';

/** A ceiling on what may be spent. */
export interface BudgetRule {
  /** Whose money: each run's, each session's, each user's, each key's, or the whole agent's. */
  readonly per: 'run' | 'session' | 'user' | 'key' | 'agent';
  /** Starts anew each day or month (UTC). Default: never. */
  readonly every?: 'day' | 'month';
  /** USD. */
  readonly limit: number;
  /** Default `stop`. */
  readonly atLimit?: AtLimit;
  /** Acts before the limit: from this share of it on (0 to 1), only the cheapest model is used or a warning is given. */
  readonly near?: { readonly share: number; readonly then: 'cheapest-only' | 'warn' };
}

/** Ceilings and where they are kept. */
export interface BudgetOptions {
  readonly rules: readonly BudgetRule[];
  /** Default: in this process's memory. */
  readonly store?: BudgetStore;
  /** Whether runs go on when the store cannot be reached: `closed` refuses them. Default `closed`. */
  readonly onStoreFailure?: 'open' | 'closed';
}

/** Who pays for a run. */
export interface Payer {
  readonly runId: string;
  readonly sessionId?: string | undefined;
  readonly user?: string | undefined;
  readonly budgetKey?: string | undefined;
}

/** A rule with the purse it means for one run. */
export interface Purse {
  readonly rule: BudgetRule;
  readonly scope: BudgetScope;
}

const dayMs = 86_400_000;
/** A purse is kept this long after its period, so that late bookings find it. */
const graceMs = dayMs;

/** The purses a run draws on. Rules whose payer is not named do not apply. */
export function pursesOf(rules: readonly BudgetRule[], payer: Payer, wallNow: number): Purse[] {
  return rules.flatMap((rule) => {
    const id = { run: payer.runId, session: payer.sessionId, user: payer.user, key: payer.budgetKey, agent: 'all' }[rule.per];
    if (id === undefined) return [];
    const period = periodOf(rule.every, wallNow);
    const key = period ? `${rule.per}:${id}:${period.name}` : `${rule.per}:${id}`;
    return [{ rule, scope: { key, limit: toPico(rule.limit), ...(period && { expiresAt: period.endsAt + graceMs }) } }];
  });
}

interface Period {
  readonly name: string;
  readonly endsAt: number;
}

/** The periods of the day that was asked for last: writing a date out takes longer than all else here. */
let latest: { readonly dayNumber: number; readonly day: Period; readonly month: Period } | undefined;

function periodOf(every: BudgetRule['every'], wallNow: number): Period | undefined {
  if (every === undefined) return undefined;
  const dayNumber = Math.floor(wallNow / dayMs);
  if (latest?.dayNumber !== dayNumber) latest = { dayNumber, ...periodsOf(dayNumber * dayMs) };
  return latest[every];
}

function periodsOf(midnight: number): { readonly day: Period; readonly month: Period } {
  const date = new Date(midnight);
  const name = date.toISOString().slice(0, 10);
  return {
    day: { name, endsAt: midnight + dayMs },
    month: { name: name.slice(0, 7), endsAt: Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1) },
  };
}
