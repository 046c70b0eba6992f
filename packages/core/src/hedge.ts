import type { Attempt } from './attempt.ts';
import { hedgeQuantile } from './speculation.ts';
import { reportEnd } from './report-end.ts';
import type { Run } from './run.ts';
import type { Walk } from './walk.ts';

/**
 * Asks a late model a second time and goes on with whichever call answers first; the other is cancelled and billed. Late means later to its
 * first token than the model's own history at {@link hedgeQuantile}. A call that has begun to answer is never hedged.
 */
export async function firstToAnswer(run: Run, walk: Walk, call: Attempt, callAgain: () => Promise<Attempt>): Promise<Attempt> {
  const { speculation } = run.opened;
  if (speculation !== 'hedged' && speculation !== 'auto') return call;
  const delayMs = run.settings.latency.firstToken(call.model, hedgeQuantile);
  if (delayMs === undefined || (await answersWithin(run, call, delayMs)) || run.stopped) return call;
  run.emit({ type: 'policy-apply', policy: 'hedge', model: call.model, reason: `no first token after ${Math.round(delayMs)} ms; the model is asked again` });
  const twin = await callAgain();
  await Promise.race([answering(call), answering(twin)]);
  const winner = [call, twin].find((one) => one.firstMs !== undefined) ?? [call, twin].find((one) => !one.status) ?? call;
  const loser = winner === call ? twin : call;
  loser.cancel('another call of the same model was faster');
  reportEnd(run, loser);
  walk.attempts.push(loser);
  return winner;
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
