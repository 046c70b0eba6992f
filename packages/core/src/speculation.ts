import { estimateInput } from './bill.ts';
import { type Pico, priceOf } from './money.ts';
import type { Run } from './run.ts';
import { type Beside, startBeside } from './start-call.ts';
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
  if (delayMs > 0) return run.settings.clock.after(delayMs, () => startIfPaidFor(run, walk, drafter, target, 'hedge', `the draft is later than ${Math.round(delayMs)} ms`));
  startIfPaidFor(run, walk, drafter, target, 'speculation', 'the verifier is started beside the draft');
  return () => {};
}

/** `parallel` is meant whatever it costs; the other modes are held to what speculation may add to the bill. */
function startIfPaidFor(run: Run, walk: Walk, drafter: Tier, target: Tier, policy: 'hedge' | 'speculation', reason: string): void {
  const isLate = () => walk.settled || walk.called.has(target.info.tier);
  if (run.stopped || isLate()) return;
  const isHeld = run.opened.speculation !== 'parallel';
  if (isHeld && !run.settings.speculationBudget.take(walk, headStartCost(run, walk, drafter, target))) return;
  void startEarly(run, walk, target, { policy, reason, isLate });
}

/** Milliseconds to give the draft before the verifier is started; `undefined` for never. */
function headStart(run: Run, walk: Walk, drafter: Tier, target: Tier): number | undefined {
  const mode = run.opened.speculation;
  if (mode === 'sequential' || (mode === 'auto' && run.settings.latencyValue === 0)) return undefined;
  if (mode === 'parallel') return 0;
  const chance = walk.route.plan.acceptChance ?? 1;
  const lateMs = run.settings.latency.total(drafter.info.name, hedgeQuantile);
  if (mode === 'auto' && pays(run, walk, drafter, target, chance)) return 0;
  return chance < hedgeBelowChance ? 0 : lateMs;
}

/** Weighs the time a head start is expected to save, at the caller's value of a second, against what it adds to the bill if it is not needed. */
function pays(run: Run, walk: Walk, drafter: Tier, target: Tier, chance: number): boolean {
  const { latency, latencyValue } = run.settings;
  const draftMs = latency.total(drafter.info.name, 0.5);
  const wasted = headStartCost(run, walk, drafter, target);
  if (draftMs === undefined || wasted === undefined) return false;
  return (1 - chance) * (draftMs / 1000) * latencyValue > chance * (wasted / 1e12);
}

/** Output tokens of an answer when nothing else is known. Chosen by hand. */
export const typicalOutput = 400;

/** What a verifier costs that is cancelled when a usual draft is there: its prompt, and what it has written by then. */
function headStartCost(run: Run, walk: Walk, drafter: Tier, { info, price }: Tier): Pico | undefined {
  const { latency, estimateTokens } = run.settings;
  const most = latency.outputTokens(info.name) ?? walk.request.maxTokens ?? typicalOutput;
  const draftMs = latency.total(drafter.info.name, 0.5);
  const firstMs = latency.firstToken(info.name, 0.5);
  const wholeMs = latency.total(info.name, 0.5);
  const isKnown = draftMs !== undefined && firstMs !== undefined && wholeMs !== undefined;
  const written = isKnown ? Math.min(1, Math.max(0, (draftMs - firstMs) / Math.max(1, wholeMs - firstMs))) : 1;
  return price && priceOf({ input: estimateInput(walk.request, estimateTokens), output: Math.ceil(most * written) }, price);
}

/** Starts the verifier, if the guard lets it now. */
async function startEarly(run: Run, walk: Walk, target: Tier, why: Beside): Promise<void> {
  const early = await startBeside(run, walk, target, 'verifier', why);
  if (!early) return;
  walk.early.set(target.info.tier, early);
  early.onEnd = () => {
    if (early.status !== 'ok' || early.content.trim() === '') return;
    for (const attempt of run.live) {
      if (attempt.step !== walk.step || attempt.committed) continue;
      attempt.cancel('the verifier was faster');
      early.spare = true;
    }
  };
}
