import { Attempt } from './attempt.ts';
import { estimateInput } from './bill.ts';
import type { Admission } from './guard.ts';
import { priceOf } from './money.ts';
import type { Run } from './run.ts';
import { requestFor } from './request-for.ts';
import { askGuard } from './start-call.ts';
import type { Tier } from './tiers.ts';
import type { Walk } from './walk.ts';

/**
 * A verifier is started beside a draft that is later than this quantile of its model's own history: one call in fifty is paid twice. The idea is
 * from "The tail at scale" (Dean and Barroso 2013), which hedges at 0.95; a verifier is dearer than a replica.
 */
export const hedgeQuantile = 0.98;

/** A hedge is started at once when the router gives the draft less than this chance of being accepted. */
export const hedgeBelowChance = 0.3;

/**
 * Starts the verifier ahead of its turn where the run asks for it. Whoever is not needed is cancelled; both are billed. Returns a function
 * that calls off a hedge that has not started.
 */
export function speculate(run: Run, walk: Walk): () => void {
  const { plan } = walk.route;
  const target = run.settings.tiers[plan.tiers.at(-1) ?? -1];
  const drafter = run.settings.tiers[plan.tiers[0] ?? -1];
  if (plan.start === 'direct' || plan.tiers.length < 2 || !target || !drafter) return () => {};
  const delayMs = headStart(run, walk, drafter, target);
  if (delayMs === undefined) return () => {};
  if (delayMs > 0) return run.settings.clock.after(delayMs, () => void startEarly(run, walk, target, 'hedge', `the draft is later than ${Math.round(delayMs)} ms`));
  void startEarly(run, walk, target, 'speculation', 'the verifier is started beside the draft');
  return () => {};
}

/** Milliseconds to give the draft before the verifier is started; `undefined` for never. */
function headStart(run: Run, walk: Walk, drafter: Tier, target: Tier): number | undefined {
  const mode = run.opened.speculation;
  if (mode === 'sequential') return undefined;
  if (mode === 'parallel') return 0;
  const chance = walk.route.plan.acceptChance ?? 1;
  const lateMs = run.settings.latency.total(drafter.info.name, hedgeQuantile);
  if (mode === 'auto' && !pays(run, walk, drafter, target, chance)) return undefined;
  return chance < hedgeBelowChance ? 0 : lateMs;
}

/** Weighs the time a head start is expected to save, at the caller's value of a second, against the verifier's price if it is not needed. */
function pays(run: Run, walk: Walk, drafter: Tier, target: Tier, chance: number): boolean {
  const { latency, latencyValue, estimateTokens } = run.settings;
  const draftMs = latency.total(drafter.info.name, 0.5);
  if (draftMs === undefined || latencyValue === 0 || !target.price) return false;
  const wasted = priceOf({ input: estimateInput(walk.request, estimateTokens), output: walk.request.maxTokens ?? typicalOutput }, target.price);
  if (wasted === undefined) return false;
  const savedUsd = (1 - chance) * (draftMs / 1000) * latencyValue;
  return savedUsd > chance * (wasted / 1e12);
}

/** Output tokens of an answer when nothing else is known. Chosen by hand. */
export const typicalOutput = 400;

/** Starts the verifier, if the guard lets it now; a refusal is said and leaves the walk to its order. */
async function startEarly(run: Run, walk: Walk, target: Tier, policy: 'hedge' | 'speculation', reason: string): Promise<void> {
  const { tier } = target.info;
  const isLate = () => run.stopped !== undefined || walk.settled || walk.called.has(tier);
  if (isLate()) return;
  const request = requestFor(target, walk.request);
  const { guard } = run.settings;
  let admission: Admission | undefined;
  try {
    admission = guard && (await askGuard(run, guard, target, request));
  } catch (error) {
    return run.warn(`the verifier could not be started early (${(error as Error).name})`);
  }
  if (admission?.refusal) return run.emit({ type: 'policy-apply', policy: admission.refusal.policy, model: target.info.name, reason: admission.refusal.error.message });
  if (isLate()) return admission?.release?.();
  walk.called.add(tier);
  run.emit({ type: 'policy-apply', policy, model: target.info.name, reason });
  const early = new Attempt(run, { tier: target, role: 'verifier', step: walk.step, request, limitMs: run.remaining(), admission });
  walk.early.set(tier, early);
  early.onEnd = () => {
    if (early.status !== 'ok' || early.content.trim() === '') return;
    for (const attempt of run.live) if (attempt.step === walk.step && !attempt.committed) attempt.cancel('the verifier was faster');
  };
}
