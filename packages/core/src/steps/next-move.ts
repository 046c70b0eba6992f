import type { AttemptRole, Plan } from '@cascadeflow/contract';

/** What is known of one finished call of the current step. */
export interface Tried {
  readonly tier: number;
  readonly role: AttemptRole;
  /** The call ended with a whole answer that has something in it. */
  readonly usable: boolean;
  /** The call was not made: a breaker leaves the model alone. */
  readonly resting?: boolean;
  /** The judge said yes. */
  readonly accepted: boolean;
  /** The reader has been given text of it that may not be withdrawn. */
  readonly committed: boolean;
  /** Why it could never be accepted. */
  readonly veto?: string | undefined;
  /** Finish reason is the model's own: not cut off by a length limit or a filter. */
  readonly finished: boolean;
  readonly probability?: number | undefined;
  readonly wantsOpinion: boolean;
  /** A further opinion has been heard on it. */
  readonly heardOpinion: boolean;
}

/** What is known of the run besides its calls. */
export interface Circumstances {
  /** All tiers that could answer, cheapest first, whether planned or not: the last resort. */
  capable(): readonly number[];
  /** Whether a planned tier usually takes longer than is left of the deadline. */
  readonly isTooSlow?: ((tier: number) => boolean) | undefined;
  /** Set when nothing more may be started: the deadline, the budget. */
  readonly halted?: string | undefined;
}

/** What to do next. `accept` and `degrade` name the index of the call whose answer it is. */
export type Move =
  | { readonly kind: 'call'; readonly tier: number; readonly role: AttemptRole; readonly reason: string; readonly lastResort?: boolean }
  | { readonly kind: 'accept'; readonly index: number; readonly reason: string }
  | { readonly kind: 'degrade'; readonly index: number; readonly reason: string }
  | { readonly kind: 'fail' };

/** The whole escalation policy. Pure: from the plan and what has happened to the next move. */
export function nextMove(plan: Plan, tried: readonly Tried[], circumstances: Circumstances): Move {
  const settled = settle(plan, tried);
  if (settled) return settled;
  if (circumstances.halted !== undefined) return lastResort(tried, circumstances.halted);
  const next = nextTier(plan, tried, circumstances);
  if (next !== undefined) return { kind: 'call', tier: next, role: roleOf(plan, next, tried), reason: whyNext(tried) };
  if (!tried.some((call) => call.usable)) {
    const spare = circumstances.capable().find((tier) => !tried.some((call) => call.tier === tier));
    if (spare !== undefined) return { kind: 'call', tier: spare, role: 'verifier', reason: 'every planned model failed' };
    const resting = tried.findLast((call) => call.resting && tried.filter((other) => other.tier === call.tier).length === 1);
    if (resting) return { kind: 'call', tier: resting.tier, role: 'verifier', reason: 'nobody else is left: a model that failed too often is asked all the same', lastResort: true };
  }
  return lastResort(tried, tried.at(-1)?.usable ? 'no answer passed' : 'the last model failed');
}

/** The first tier that has not been called and can be done in time; when none can, the first all the same. */
function nextTier(plan: Plan, tried: readonly Tried[], { isTooSlow }: Circumstances): number | undefined {
  let first: number | undefined;
  for (const tier of plan.tiers) {
    if (tried.some((call) => call.tier === tier)) continue;
    if (!isTooSlow?.(tier)) return tier;
    first ??= tier;
  }
  return first;
}

/** An answer that ends the walk: one the judge accepts, one the reader is already reading, or the verifier's. */
function settle(plan: Plan, tried: readonly Tried[]): Move | undefined {
  for (let index = tried.length - 1; index >= 0; index--) {
    const call = tried[index] as Tried;
    if (!call.usable) continue;
    const isVerifier = call.role === 'verifier';
    if (!call.committed && !isVerifier && (!call.accepted || mustHearOpinion(plan, call, tried))) continue;
    const flaw = call.veto ?? (call.finished ? undefined : 'the answer was cut off before its end');
    if (flaw !== undefined) return { kind: 'degrade', index, reason: flaw };
    if (call.accepted && !isVerifier) return { kind: 'accept', index, reason: 'the draft was judged good enough' };
    if (isVerifier) return { kind: 'accept', index, reason: plan.start === 'direct' || tried.length === 1 ? 'answered directly' : 'no draft was good enough' };
    return { kind: 'accept', index, reason: 'the draft was released while it was being written' };
  }
  return undefined;
}

/** With second opinions `always`, a draft stands only when another drafter has been heard, as long as there is one. */
function mustHearOpinion(plan: Plan, call: Tried, tried: readonly Tried[]): boolean {
  if (plan.secondOpinion !== 'always' || call.heardOpinion) return false;
  return plan.tiers.slice(0, -1).some((tier) => !tried.some((other) => other.tier === tier));
}

function roleOf(plan: Plan, tier: number, tried: readonly Tried[]): AttemptRole {
  if (plan.start === 'direct' || tier === plan.tiers.at(-1)) return 'verifier';
  const isAsked = (call: Tried) => call.usable && (plan.secondOpinion === 'always' || (plan.secondOpinion === 'auto' && call.wantsOpinion));
  return tried.some(isAsked) ? 'opinion' : 'draft';
}

function whyNext(tried: readonly Tried[]): string {
  const last = tried.at(-1);
  if (!last) return 'first in the plan';
  if (!last.usable) return 'the model before it failed';
  if (last.veto !== undefined) return last.veto;
  if (last.accepted) return 'another opinion is always asked for';
  if (last.probability === undefined) return 'the draft could not be judged';
  return last.wantsOpinion ? 'the draft is in doubt' : `the draft is right with probability ${last.probability.toFixed(2)}, which is below the bar`;
}

/** The best of what there is: an unflawed answer before a flawed one, the likelier first. */
function lastResort(tried: readonly Tried[], reason: string): Move {
  let best = -1;
  tried.forEach((call, index) => {
    if (call.usable && (best < 0 || rank(call) >= rank(tried[best] as Tried))) best = index;
  });
  return best < 0 ? { kind: 'fail' } : { kind: 'degrade', index: best, reason };
}

function rank(call: Tried): number {
  return (call.finished ? 4 : 0) + (call.veto === undefined ? 2 : 0) + (call.probability ?? 0);
}
