import { type AttemptRole, type CascadeError, type ModelRequest, ProviderError, sleep } from '@cascadeflow/contract';
import type { Attempt } from '../attempt.ts';
import { firstToAnswer, mayHedge } from '../hedge.ts';
import { reportEnd } from '../report-end.ts';
import { requestFor } from '../request-for.ts';
import { gateOf, passThrough } from '../release.ts';
import type { Run } from '../run.ts';
import { startCall } from '../start-call.ts';
import type { Tier } from '../tiers.ts';
import type { Walk } from '../walk.ts';
import { isExcluded } from './choose-route.ts';
import type { Move } from './next-move.ts';
import { affords } from './reserve-budget.ts';

/** First wait before a call is tried again, doubled each time and spread by up to half. */
const retryBaseMs = 250;
const retryMaxMs = 8000;

/**
 * Has one model write its answer, tries again where that may help, and turns to its named stand-ins when it fails. Returns the last call made.
 * Every call has been added to the walk, its end and bill reported.
 */
export function writeDraft(run: Run, walk: Walk, move: Extract<Move, { kind: 'call' }>): Promise<Attempt> {
  const planned = run.settings.tiers[move.tier] as Tier;
  return planned.fallbacks.length === 0 ? writeWithRetries(run, walk, planned, move) : writeWithFallbacks(run, walk, planned, move);
}

async function writeWithFallbacks(run: Run, walk: Walk, planned: Tier, move: Extract<Move, { kind: 'call' }>): Promise<Attempt> {
  let attempt = await writeWithRetries(run, walk, planned, move);
  for (const name of planned.fallbacks) {
    if (attempt.status === 'ok' || attempt.committed || run.stopped || attempt.cancelReason !== undefined) break;
    const fallback = run.settings.tiers[name] as Tier;
    if (isExcluded(walk.route.plan, fallback.info.name) || !affords(run, walk, fallback)) continue;
    run.emit({ type: 'policy-apply', policy: 'fallback', model: fallback.info.name, reason: `${planned.info.name} failed` });
    attempt = await writeWithRetries(run, walk, fallback, move);
  }
  return attempt;
}

async function writeWithRetries(run: Run, walk: Walk, tier: Tier, move: Extract<Move, { kind: 'call' }>): Promise<Attempt> {
  const retries = move.role === 'verifier' ? run.settings.retries : 0;
  for (let tries = 0; ; tries++) {
    const begun = walk.early.get(tier.info.tier) ?? startCall(run, walk, tier, move.role, requestFor(tier, walk.request), move.lastResort);
    const first = begun instanceof Promise ? await begun : begun;
    walk.early.delete(tier.info.tier);
    const attempt = mayHedge(run) ? await firstToAnswer(run, walk, tier, first) : first;
    await follow(run, walk, attempt);
    reportEnd(run, attempt);
    walk.attempts.push(attempt);
    const { error } = attempt;
    if (!error) return attempt;
    const mayRetry = tries < retries && !attempt.committed && !run.stopped && affords(run, walk, tier);
    const delayMs = mayRetry ? retryDelay(run, error, tries) : undefined;
    if (delayMs === undefined) {
      run.emit({ type: 'attempt-fail', ...attempt.ref(), error: error.toInfo() });
      return attempt;
    }
    run.emit({ type: 'attempt-retry', ...attempt.ref(), error: error.toInfo(), delayMs });
    await sleep(run.settings.clock, delayMs, run.signal()).catch(() => {});
  }
}

/** Makes a call beside the walk, for its opinion alone. */
export async function askAside(run: Run, walk: Walk, tier: Tier, role: AttemptRole, request: ModelRequest): Promise<Attempt> {
  const attempt = await startCall(run, walk, tier, role, requestFor(tier, request));
  await follow(run, walk, attempt);
  reportEnd(run, attempt);
  if (attempt.error) run.emit({ type: 'attempt-fail', ...attempt.ref(), error: attempt.error.toInfo() });
  return attempt;
}

/** Reads the attempt to its end and shows what may be shown. */
function follow(run: Run, walk: Walk, attempt: Attempt): Promise<void> {
  const gate = gateOf(run, attempt);
  const isWatched = attempt.role === 'draft' || attempt.role === 'opinion';
  const checks = isWatched ? run.settings.progress({ request: walk.request, route: walk.route, model: attempt.from.info }) : undefined;
  return attempt.follow((event) => passThrough(run, attempt, gate, checks, event));
}

/** How long to wait before the next try; `undefined` when another try cannot help or cannot be had in time. */
function retryDelay(run: Run, error: CascadeError, tries: number): number | undefined {
  if (!(error instanceof ProviderError) || !error.retryable) return undefined;
  const backoff = Math.min(retryMaxMs, retryBaseMs * 2 ** tries) * (1 + run.settings.random() / 2);
  const delayMs = Math.max(backoff, error.retryAfterMs ?? 0);
  return delayMs < run.remaining() ? delayMs : undefined;
}
