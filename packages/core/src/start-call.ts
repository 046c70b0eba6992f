import type { AttemptRole, ModelRequest } from '@cascadeflow/contract';
import { Attempt } from './attempt.ts';
import type { Admission, Guard } from './guard.ts';
import { requestFor } from './request-for.ts';
import type { Run } from './run.ts';
import type { Tier } from './tiers.ts';
import type { Walk } from './walk.ts';

/** With a deadline, a model that has others behind it may use at most this share of what is left. */
const shareBeforeLast = 0.5;

/** Calls a model, once the guard lets it: at once where the guard need not wait. */
export function startCall(run: Run, walk: Walk, tier: Tier, role: AttemptRole, request: ModelRequest, lastResort = false): Attempt | Promise<Attempt> {
  walk.called.add(tier.info.tier);
  const admission = run.settings.guard && askGuard(run, run.settings.guard, tier, request, lastResort);
  return admission instanceof Promise ? admission.then((given) => begin(run, walk, tier, role, request, given)) : begin(run, walk, tier, role, request, admission);
}

function begin(run: Run, walk: Walk, tier: Tier, role: AttemptRole, request: ModelRequest, admission: Admission | undefined): Attempt {
  if (admission?.refusal) {
    run.emit({ type: 'policy-apply', policy: admission.refusal.policy, model: tier.info.name, reason: admission.refusal.error.message });
  }
  return new Attempt(run, { tier, role, step: walk.step, request, limitMs: limitOf(run, walk, tier), admission });
}

/** Milliseconds after which a call is given up. With nobody behind it that is for the run's deadline, and no limit of its own that could be told as another failure. */
function limitOf(run: Run, walk: Walk, tier: Tier): number {
  return walk.isLastOf(tier.info.tier) ? Infinity : run.remaining() * shareBeforeLast;
}

/** True when a model usually takes longer than it may, by its own history. */
export function isTooSlow(run: Run, walk: Walk, tier: Tier): boolean {
  if (run.opened.deadlineMs === undefined) return false;
  const usualMs = run.settings.latency.total(tier.info.name, 0.5);
  return usualMs !== undefined && usualMs > Math.min(run.remaining(), limitOf(run, walk, tier));
}

/** Why a call is made beside another one, and whether it has come too late. */
export interface Beside {
  readonly policy: 'hedge' | 'speculation';
  readonly reason: string;
  isLate(): boolean;
}

/**
 * Calls a model beside another call, unless the guard says no, which is then said, or `isLate` says by then that it is not wanted any more.
 * Returns `undefined` where no call was made.
 */
export async function startBeside(run: Run, walk: Walk, tier: Tier, role: AttemptRole, { isLate, policy, reason }: Beside): Promise<Attempt | undefined> {
  const request = requestFor(tier, walk.request);
  const { guard } = run.settings;
  let admission: Admission | undefined;
  try {
    admission = guard && (await askGuard(run, guard, tier, request));
  } catch (error) {
    run.warn(`${tier.info.name} could not be called beside another call (${(error as Error).name})`);
    return undefined;
  }
  if (admission?.refusal) {
    run.emit({ type: 'policy-apply', policy: admission.refusal.policy, model: tier.info.name, reason: admission.refusal.error.message });
    return undefined;
  }
  if (run.stopped || isLate()) {
    admission?.release?.();
    return undefined;
  }
  walk.called.add(tier.info.tier);
  run.emit({ type: 'policy-apply', policy, model: tier.info.name, reason });
  return new Attempt(run, { tier, role, step: walk.step, request, limitMs: Infinity, admission });
}

/** Waits for the guard; a run that is stopped meanwhile makes a call that ends at once. */
function askGuard(run: Run, guard: Guard, tier: Tier, request: ModelRequest, lastResort = false): Admission | Promise<Admission | undefined> {
  const admission = guard.admit(tier, request, () => run.signal(), lastResort);
  if (!(admission instanceof Promise)) return admission;
  return admission.catch((error: unknown) => {
    if (run.stopped) return undefined;
    throw error;
  });
}
