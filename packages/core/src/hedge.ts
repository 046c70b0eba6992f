import type { Attempt } from './attempt.ts';
import { estimateInput } from './bill.ts';
import { priceOf } from './money.ts';
import { reportEnd } from './report-end.ts';
import type { Run } from './run.ts';
import { hedgeQuantile, typicalOutput } from './speculation.ts';
import type { Tier } from './tiers.ts';
import type { Walk } from './walk.ts';

/** What asking twice may add to the cost of a model's calls. A call that is cancelled before its first token is billed its prompt alone. */
export const hedgeCostShare = 0.05;

/** However little it costs, at most half of the calls are made twice: servers have rate limits. */
export const leastHedgeQuantile = 0.5;

/**
 * Asks a late model a second time and goes on with whichever call answers first; the other is cancelled and billed. Late means later to its
 * first token than the model's own history at the quantile that {@link hedgeCostShare} pays for. A call that has begun to answer is never hedged.
 */
export async function firstToAnswer(run: Run, walk: Walk, tier: Tier, call: Attempt, callAgain: () => Attempt | Promise<Attempt>): Promise<Attempt> {
  const { speculation } = run.opened;
  if (speculation !== 'hedged' && speculation !== 'auto') return call;
  const delayMs = run.settings.latency.firstToken(call.model, affordableQuantile(run, walk, tier));
  if (delayMs === undefined || (await answersWithin(run, call, delayMs)) || run.stopped) return call;
  run.emit({ type: 'policy-apply', policy: 'hedge', model: call.model, reason: `no first token after ${Math.round(delayMs)} ms; the model is asked again` });
  const twin = await callAgain();
  await Promise.race([answering(call), answering(twin)]);
  const winner = [call, twin].find((one) => one.firstMs !== undefined) ?? [call, twin].find((one) => !one.status) ?? call;
  const loser = winner === call ? twin : call;
  loser.cancel('another call of the same model was faster');
  // How long the late call would have taken nobody knows now; that it took this long keeps the history from forgetting its tail.
  if (loser === call) run.settings.latency.waited(call.model, call.latencyMs);
  reportEnd(run, loser);
  walk.attempts.push(loser);
  return winner;
}

/** The quantile from which on a second call is paid for: the sooner, the smaller the prompt's part of the price. */
function affordableQuantile(run: Run, walk: Walk, { price }: Tier): number {
  const input = estimateInput(walk.request, run.settings.estimateTokens);
  const wasted = price && priceOf({ input }, price);
  const whole = price && priceOf({ input, output: walk.request.maxTokens ?? typicalOutput }, price);
  if (wasted === undefined || whole === undefined) return hedgeQuantile;
  return wasted === 0 ? leastHedgeQuantile : Math.min(hedgeQuantile, Math.max(leastHedgeQuantile, 1 - (hedgeCostShare * whole) / wasted));
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
