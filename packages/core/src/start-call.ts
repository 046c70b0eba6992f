import type { AttemptRole, ModelRequest } from '@cascadeflow/contract';
import { Attempt } from './attempt.ts';
import type { Admission, Guard } from './guard.ts';
import type { Run } from './run.ts';
import type { Tier } from './tiers.ts';
import type { Walk } from './walk.ts';

/** With a deadline, a model that has others behind it may use at most this share of what is left. */
const shareBeforeLast = 0.5;

/** Calls a model, once the guard lets it: at once where the guard need not wait. */
export function startCall(run: Run, walk: Walk, tier: Tier, role: AttemptRole, request: ModelRequest): Attempt | Promise<Attempt> {
  walk.called.add(tier.info.tier);
  const admission = run.settings.guard && askGuard(run, run.settings.guard, tier, request);
  return admission instanceof Promise ? admission.then((given) => begin(run, walk, tier, role, request, given)) : begin(run, walk, tier, role, request, admission);
}

function begin(run: Run, walk: Walk, tier: Tier, role: AttemptRole, request: ModelRequest, admission: Admission | undefined): Attempt {
  if (admission?.refusal) {
    run.emit({ type: 'policy-apply', policy: admission.refusal.policy, model: tier.info.name, reason: admission.refusal.error.message });
  }
  const limitMs = walk.isLastOf(tier.info.tier) ? run.remaining() : run.remaining() * shareBeforeLast;
  return new Attempt(run, { tier, role, step: walk.step, request, limitMs, admission });
}

/** Waits for the guard; a run that is stopped meanwhile makes a call that ends at once. */
export function askGuard(run: Run, guard: Guard, tier: Tier, request: ModelRequest): Admission | Promise<Admission | undefined> {
  const admission = guard.admit(tier, request, () => run.signal());
  if (!(admission instanceof Promise)) return admission;
  return admission.catch((error: unknown) => {
    if (run.stopped) return undefined;
    throw error;
  });
}
