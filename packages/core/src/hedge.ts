import type { Attempt } from './attempt.ts';
import { estimateInput } from './bill.ts';
import { type Pico, priceOf } from './money.ts';
import { reportEnd } from './report-end.ts';
import type { Run } from './run.ts';
import { hedgeQuantile, typicalOutput } from './speculation.ts';
import { startBeside } from './start-call.ts';
import { affordsTwin } from './steps/reserve-budget.ts';
import type { Tier } from './tiers.ts';
import type { Walk } from './walk.ts';

/** What asking twice may add to the cost of a model's calls. A call that is cancelled before its first token is billed its prompt alone. */
export const hedgeCostShare = 0.05;

/**
 * Asks a late model a second time and goes on with whichever call answers first; the other is cancelled and billed. Late means later to its
 * first token than the model's own history at the quantile that {@link hedgeCostShare} pays for: where the prompt costs less than that share of a
 * call, it is asked twice at once. A call that has begun to answer is never hedged.
 */
export async function firstToAnswer(run: Run, walk: Walk, tier: Tier, call: Attempt): Promise<Attempt> {
  const { wasted, quantile } = twinCost(run, walk, tier);
  const lateMs = run.settings.latency.firstToken(call.model, quantile);
  if (lateMs === undefined) return call;
  const delayMs = quantile > 0 ? lateMs : 0;
  const isLate = () => call.firstMs !== undefined || call.status !== undefined || run.stopped !== undefined;
  if (delayMs > 0 && (await answersWithin(run, call, delayMs))) return call;
  if (isLate() || !affordsTwin(run, walk, tier) || !run.settings.speculationBudget.take(walk, wasted)) return call;
  const reason = delayMs > 0 ? `no first token after ${Math.round(delayMs)} ms; the model is asked again` : 'a second prompt costs next to nothing; the model is asked twice';
  const twin = await Promise.race([answering(call), startBeside(run, walk, tier, call.role, { policy: 'hedge', reason, isLate })]);
  if (!twin) return call;
  await Promise.race([answering(call), answering(twin)]);
  const winner = [call, twin].find((one) => one.firstMs !== undefined) ?? [call, twin].find((one) => !one.status) ?? call;
  const loser = winner === call ? twin : call;
  loser.cancel('another call of the same model was faster');
  loser.spare = true;
  // How long the late call would have taken nobody knows now; that it took this long keeps the history from forgetting its tail.
  if (loser === call) run.settings.latency.waited(call.model, call.latencyMs);
  reportEnd(run, loser);
  walk.attempts.push(loser);
  return winner;
}

/** Whether late calls are made twice: in `auto` only for callers to whom time is worth something. */
export function mayHedge({ opened, settings }: Run): boolean {
  return opened.speculation === 'hedged' || (opened.speculation === 'auto' && settings.latencyValue > 0);
}

/** What a second call costs when it is cancelled before its first token, and from which quantile on that is paid for: the sooner, the smaller the prompt's part of the price. */
function twinCost(run: Run, walk: Walk, { info, price }: Tier): { readonly wasted: Pico | undefined; readonly quantile: number } {
  const input = estimateInput(walk.request, run.settings.estimateTokens);
  const output = run.settings.latency.outputTokens(info.name) ?? walk.request.maxTokens ?? typicalOutput;
  const wasted = price && priceOf({ input }, price);
  const whole = price && priceOf({ input, output }, price);
  if (wasted === undefined || whole === undefined) return { wasted: undefined, quantile: hedgeQuantile };
  return { wasted, quantile: wasted === 0 ? 0 : Math.min(hedgeQuantile, Math.max(0, 1 - (hedgeCostShare * whole) / wasted)) };
}

/** True once the call has begun to answer or has ended, false when the time is up before. */
function answersWithin(run: Run, call: Attempt, delayMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const stop = run.settings.clock.after(delayMs, () => resolve(false));
    void answering(call).then(() => {
      stop();
      resolve(true);
    });
  });
}

function answering(call: Attempt): Promise<void> {
  if (call.firstMs !== undefined || call.status) return Promise.resolve();
  return new Promise((resolve) => {
    const previous = call.onFirst;
    call.onFirst = () => {
      previous?.();
      resolve();
    };
  });
}
