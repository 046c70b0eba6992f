import { type BudgetAnswer, BudgetExceededError, type BudgetScope, CascadeError, type ModelRequest, type Plan } from '@cascadeflow/contract';
import { estimateInput } from '../bill.ts';
import { type Purse, pursesOf } from '../budget.ts';
import { foldBill } from '../ledger.ts';
import { fromPico, type Pico, priceOf, toPico } from '../money.ts';
import type { Run } from '../run.ts';
import type { Tier } from '../tiers.ts';
import type { Walk } from '../walk.ts';
import { withinTime } from '../within-time.ts';

/** Output tokens a call may have when nobody set a ceiling and a budget has to hold. Chosen by hand; it is sent with the request. */
export const outputCeiling = 4096;

/** A request is taken to have this many times the tokens that are estimated for it, so that the estimate errs on the safe side. */
const inputMargin = 1.25;

/** A budget store that does not answer within this time counts as out of reach. */
const storeTimeoutMs = 2000;

/** Money set aside for one turn of a run. */
export interface Reservation {
  readonly id: string;
  readonly purses: readonly Purse[];
  readonly amount: Pico;
  /** Where the log stood: later calls are paid from this reservation. */
  readonly since: number;
}

/** A plan that can be paid for, and what was set aside for it. */
export interface Funded {
  readonly plan: Plan;
  readonly reservation?: Reservation;
}

/**
 * Sets the worst case of a plan aside before it starts.
 * @throws BudgetExceededError when there is no room, before money is spent.
 */
export function reserveBudget(run: Run, plan: Plan, request: ModelRequest, step: number): Funded | Promise<Funded> {
  const { budgets, clock } = run.settings;
  if (!budgets) return { plan };
  const { sessionId, user, budgetKey } = run.opened.options;
  const purses = pursesOf(budgets.rules, { runId: run.id, sessionId, user, budgetKey }, clock.wallNow());
  if (purses.length === 0) return { plan };
  const answered = (whole: Funded | Full) => ('full' in whole ? atLimit(run, purses, plan, request, step, whole) : whole);
  const asked = tryReserve(run, purses, plan, request, `${run.id}:${step}`);
  return asked instanceof Promise ? asked.then(answered) : answered(asked);
}

/** What the rule of a full purse wants. */
async function atLimit(run: Run, purses: readonly Purse[], plan: Plan, request: ModelRequest, step: number, { full, needed }: Full): Promise<Funded> {
  const { rule, scope } = full;
  const cheapest: Plan = { ...plan, tiers: plan.tiers.slice(0, 1), start: 'direct', secondOpinion: 'off' };
  if (rule.atLimit === 'cheapest-only' && plan.tiers.length > 1) {
    const cheap = await tryReserve(run, purses, cheapest, request, `${run.id}:${step}:cheapest`);
    if (!('full' in cheap)) return say(run, cheap, `${scope.key} has no room for the whole plan; only the cheapest model is used`);
  }
  if (rule.atLimit === 'warn') return say(run, { plan }, `${scope.key} has reached its limit of ${rule.limit} USD`);
  throw new BudgetExceededError(`${scope.key} has no room for this run: up to ${fromPico(needed)} USD are needed and the limit is ${rule.limit} USD`, {
    scope: scope.key,
    limit: rule.limit,
    needed: fromPico(needed),
  });
}

/** Gives a reservation back and books what the turn really cost. A cost that is not known is booked as reserved. */
export function settleBudget(run: Run, { id, purses, amount, since }: Reservation): void | Promise<void> {
  const { total } = foldBill(run.log, since);
  const spent = total === undefined ? amount : toPico(total);
  const scopes = purses.map((purse) => purse.scope);
  const say = (): void => run.emit({ type: 'budget-settle', scopes: scopes.map((scope) => scope.key), reserved: fromPico(amount), spent: fromPico(spent) });
  const fail = (): void => run.warn('the budget store could not be reached to book what this run cost');
  try {
    const settled = run.settings.budgets?.store.settle(id, scopes, spent);
    if (settled) return withinTime(run, settled, storeTimeoutMs).catch(fail).then(say);
  } catch {
    fail();
  }
  say();
  return undefined;
}

/** True when what is left of the reservation covers one more call that the plan did not count: a retry, a stand-in, a further opinion. */
export function affords(run: Run, walk: Walk, tier: Tier): boolean {
  const { reservation } = walk;
  if (!reservation) return true;
  const { total } = foldBill(run.log, reservation.since);
  const needed = worstCase(run, { ...walk.route.plan, tiers: [tier.info.tier] }, walk.request);
  return total !== undefined && toPico(total) + needed <= reservation.amount;
}

/** True when what is left of the reservation covers a second call of a model beside the one under way, and all that may follow. */
export function affordsTwin(run: Run, walk: Walk, tier: Tier): boolean {
  const { reservation } = walk;
  if (!reservation) return true;
  const { total } = foldBill(run.log, reservation.since);
  const { plan } = walk.route;
  const open = plan.tiers.filter((planned) => planned !== tier.info.tier && !walk.attempts.some((attempt) => attempt.tier === planned));
  const needed = worstCase(run, { ...plan, tiers: [...open, tier.info.tier, tier.info.tier] }, walk.request);
  return total !== undefined && toPico(total) + needed <= reservation.amount;
}

/** Calls that a model may get in one turn without a failure: two where it may be asked again for being late. */
function callsOf(run: Run): number {
  const { speculation } = run.opened;
  return speculation === 'hedged' || speculation === 'auto' ? 2 : 1;
}

/** What a plan may cost at most: each of its models once, with the longest answer allowed. */
export function worstCase(run: Run, plan: Plan, request: ModelRequest): Pico {
  const input = Math.ceil(inputMargin * estimateInput(request, run.settings.estimateTokens));
  return plan.tiers.reduce((sum, index) => {
    const tier = run.settings.tiers[index];
    if (!tier?.price) return sum;
    const output = Math.min(request.maxTokens ?? outputCeiling, tier.maxTokens ?? Infinity);
    return sum + (priceOf({ input, output }, tier.price) ?? 0);
  }, 0);
}

/** No room, and what would have been needed. */
interface Full {
  readonly full: Purse;
  readonly needed: Pico;
}

function tryReserve(run: Run, purses: readonly Purse[], plan: Plan, request: ModelRequest, id: string): Funded | Full | Promise<Funded | Full> {
  const { store, onStoreFailure } = run.settings.budgets as NonNullable<typeof run.settings.budgets>;
  const amount = callsOf(run) * worstCase(run, plan, request);
  const scopes = purses.map((purse) => purse.scope);
  const since = run.log.length;
  const answered = (answer: BudgetAnswer): Funded | Full => {
    if (!answer.ok) return { full: purses.find((purse) => purse.scope.key === answer.scope) ?? (purses[0] as Purse), needed: amount };
    run.emit({ type: 'budget-reserve', scopes: scopes.map((scope) => scope.key), amount: fromPico(amount) });
    return whenNear(run, plan, { id, purses, amount, since }, answer);
  };
  const failed = (error: unknown, asked?: Promise<BudgetAnswer>): Funded => {
    if (asked) giveBackLate(run, asked, id, scopes);
    if (run.stopped) throw run.stopped;
    if (onStoreFailure === 'open') return say(run, { plan }, 'the budget store cannot be reached; the run goes on without a budget');
    throw new CascadeError('budget-exceeded', 'the budget store cannot be reached, and runs are refused without it (budgets.onStoreFailure)', { cause: error });
  };
  let asked: BudgetAnswer | Promise<BudgetAnswer>;
  try {
    asked = store.reserve(id, scopes, amount);
  } catch (error) {
    return failed(error);
  }
  if (!(asked instanceof Promise)) return answered(asked);
  const late = asked;
  return withinTime(run, late, storeTimeoutMs).then(answered, (error: unknown) => failed(error, late));
}

/** What the rule wants of a purse that the reservation has brought near its limit. */
function whenNear(run: Run, plan: Plan, reservation: Reservation, { states }: BudgetAnswer): Funded {
  const near = reservation.purses.find(({ rule, scope }, index) => {
    const state = states[index];
    return rule.near && state && state.spent + state.reserved > rule.near.share * scope.limit;
  });
  if (!near) return { plan, reservation };
  const reason = `${near.scope.key} is near its limit of ${near.rule.limit} USD`;
  const first: Plan = { ...plan, tiers: plan.tiers.slice(0, 1), start: 'direct', secondOpinion: 'off' };
  return say(run, { plan: near.rule.near?.then === 'cheapest-only' ? first : plan, reservation }, reason);
}

function say(run: Run, funded: Funded, reason: string): Funded {
  run.emit({ type: 'policy-apply', policy: 'budget', reason });
  run.warn(reason);
  return funded;
}

/** Nobody waits for this reservation any more: should the store make it after all, the money goes back. */
function giveBackLate(run: Run, asked: Promise<BudgetAnswer>, id: string, scopes: readonly BudgetScope[]): void {
  asked.then((answer) => (answer.ok ? run.settings.budgets?.store.settle(id, scopes, 0) : undefined)).catch(() => {});
}
