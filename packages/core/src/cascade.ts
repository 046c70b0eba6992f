import {
  AllModelsFailedError,
  CascadeError,
  type CascadeResult,
  type FailedAttempt,
  type Message,
} from '@cascadeflow/contract';
import type { Attempt } from './attempt.ts';
import { spendOf } from './ledger.ts';
import { releaseAnswer, withdraw } from './release.ts';
import { canAskFurther } from './can-ask-further.ts';
import { loadDefaults } from './late-defaults.ts';
import type { Mutable } from './mutable.ts';
import { asksForJson, parseAnswer } from './parse-answer.ts';
import type { EventDraft, Run } from './run.ts';
import { askFurther } from './second-opinion.ts';
import { speculate } from './speculation.ts';
import { isTooSlow } from './start-call.ts';
import { answerFromCache } from './steps/answer-from-cache.ts';
import { chooseRoute } from './steps/choose-route.ts';
import { closeResult } from './steps/close-result.ts';
import { nextMove, type Move, type Tried } from './steps/next-move.ts';
import { reachVerdict, teachJudge } from './steps/reach-verdict.ts';
import { affords, outputCeiling, reserveBudget, settleBudget, type Funded } from './steps/reserve-budget.ts';
import { writeDraft } from './steps/write-draft.ts';
import { reportEnd } from './report-end.ts';
import { runTools } from './tool-loop.ts';
import { writeTrace } from './trace-run.ts';
import { Walk } from './walk.ts';

/** A finished walk: whose answer it is, and why. */
export interface Answer {
  readonly attempt: Attempt;
  readonly walk: Walk;
  readonly reason: string;
  readonly degraded: boolean;
}

/**
 * The sequence of rooms. Everything that happens is an event of the run; the result is folded from them.
 * @throws CascadeError with the money spent so far, after a `cascade-fail` event that says the same.
 */
export async function cascade(run: Run): Promise<CascadeResult> {
  const { settings, opened } = run;
  const { clock } = settings;
  const unfollow = run.follow(opened.options.signal);
  const stopDeadline = opened.deadlineMs === undefined ? undefined : clock.after(opened.deadlineMs, () => run.stopAtDeadline());
  try {
    emitStart(run);
    const loading = loadDefaults();
    if (loading) await run.untilStopped(loading);
    const kept = settings.cache && (await answerFromCache(run));
    if (kept) return kept;
    let messages: readonly Message[] = opened.request.messages;
    for (let step = 0; ; step++) {
      const answer = await walkOnce(run, messages, step);
      const continued = answer.attempt.toolCalls.length > 0 ? await runTools(run, answer, messages) : undefined;
      if (continued) {
        messages = continued;
        continue;
      }
      const parsed = asksForJson(run) ? await parseAnswer(run, answer.attempt) : {};
      const result = closeResult(run, answer, parsed, messages, step + 1);
      writeTrace(run, { result });
      if (settings.cache) await settings.cache.keep(run, result);
      return result;
    }
  } catch (error) {
    const failure = failed(run, error);
    writeTrace(run, { error: failure.toInfo() });
    throw failure;
  } finally {
    unfollow();
    stopDeadline?.();
  }
}

function emitStart(run: Run): void {
  const { sessionId, user, metadata } = run.opened.options;
  const start: Mutable<Extract<EventDraft, { type: 'cascade-start' }>> = { type: 'cascade-start', models: run.settings.tiers.map((tier) => tier.info), target: run.opened.target };
  if (sessionId !== undefined) start.sessionId = sessionId;
  if (user !== undefined) start.user = user;
  if (metadata) start.metadata = metadata;
  run.emit(start);
}

/** One turn: route, draft, judge, and on to the next tier until an answer stands. */
async function walkOnce(run: Run, messages: readonly Message[], step: number): Promise<Answer> {
  const { request: opened } = run.opened;
  const asked = messages === opened.messages ? opened : { ...opened, messages };
  const chosen = chooseRoute(run, asked, step);
  const route = chosen instanceof Promise ? await chosen : chosen;
  const funded = run.settings.budgets ? reserveBudget(run, route.plan, asked, step) : route;
  const { plan, reservation }: Funded = funded instanceof Promise ? await funded : funded;
  const request = reservation ? { maxTokens: outputCeiling, ...asked } : asked;
  const walk = new Walk(step, request, plan === route.plan ? route : { ...route, plan });
  walk.reservation = reservation;
  const endSpeculation = speculate(run, walk);
  try {
    for (;;) {
      if (run.stopped && run.stopped.code !== 'deadline-exceeded') throw run.stopped;
      const circumstances = { capable: () => capable(run, walk), isTooSlow: tooSlowFor(run, walk), halted: run.stopped?.message };
      const move = nextMove(walk.route.plan, walk.attempts.map((attempt) => triedOf(run, attempt)), circumstances);
      if (move.kind === 'fail') throw run.stopped ?? new AllModelsFailedError(failures(walk));
      if (move.kind !== 'call') return settleAnswer(run, walk, move);
      announce(run, walk, move);
      const attempt = await writeDraft(run, walk, move);
      if (attempt.committed && attempt.error) throw attempt.error;
      const judged = reachVerdict(run, walk, attempt);
      if (judged) await judged;
      if (canAskFurther(run, attempt)) await askFurther(run, walk, attempt);
    }
  } finally {
    walk.settled = true;
    endSpeculation();
    for (const attempt of walk.early.values()) {
      attempt.spare = true;
      attempt.cancel('its answer was not needed');
      reportEnd(run, attempt);
    }
    run.settings.speculationBudget.book(walk);
    const settled = reservation && settleBudget(run, reservation);
    if (settled) await settled;
  }
}

function settleAnswer(run: Run, walk: Walk, move: Exclude<Move, { kind: 'call' | 'fail' }>): Answer {
  const attempt = walk.attempts[move.index] as Attempt;
  walk.settled = true;
  const first = walk.attempts.find((candidate) => candidate.role === 'draft' && candidate.verdict);
  if (first) run.settings.storm?.record(first.model, attempt.role !== 'verifier');
  if (first?.verdict) run.settings.drift?.record(first.verdict.probability, attempt.role !== 'verifier');
  for (const other of walk.attempts) if (other !== attempt) withdraw(run, other, move.reason);
  if (attempt.role === 'verifier') teachJudge(run, walk, attempt);
  releaseAnswer(run, attempt);
  return { attempt, walk, reason: move.reason, degraded: move.kind === 'degrade' };
}

/** Says that the cascade moves up, and takes back what only the provisional reader has seen. */
function announce(run: Run, walk: Walk, move: Extract<Move, { kind: 'call' }>): void {
  const last = walk.attempts.at(-1);
  if (!last) return;
  for (const attempt of walk.attempts) withdraw(run, attempt, move.reason);
  run.emit({ type: 'escalation-start', step: walk.step, fromTier: last.tier, toTier: move.tier, reason: move.reason });
}

function triedOf(run: Run, attempt: Attempt): Tried {
  const { verdict } = attempt;
  const finish = attempt.finishReason().unified;
  return {
    tier: attempt.tier,
    role: attempt.role,
    usable: attempt.status === 'ok' && (attempt.content.trim() !== '' || attempt.toolCalls.length > 0),
    resting: attempt.refusedBy === 'breaker',
    accepted: verdict?.accept === true && !needsVerifier(run, attempt),
    committed: attempt.committed,
    veto: verdict?.veto,
    finished: finish !== 'length' && finish !== 'content-filter' && finish !== 'error',
    probability: verdict?.probability,
    wantsOpinion: verdict?.wantsOpinion === true,
    heardOpinion: attempt.heardOpinion,
  };
}

/** A destructive or spending call of a draft goes to the verifier, unless the caller is there to be asked. */
function needsVerifier(run: Run, attempt: Attempt): boolean {
  if (attempt.toolCalls.length === 0 || run.opened.options.onApproval) return false;
  return attempt.toolCalls.some((call) => {
    const tool = run.opened.tools.find((known) => known.name === call.name);
    const risk = tool && run.settings.toolRisk(tool);
    return risk === 'destructive' || risk === 'money';
  });
}

/** Tells which tiers cannot be done before the deadline, and says so once of each that another one is asked in place of. */
function tooSlowFor(run: Run, walk: Walk): ((tier: number) => boolean) | undefined {
  if (run.opened.deadlineMs === undefined) return undefined;
  return (index) => {
    const tier = run.settings.tiers[index];
    if (!tier || !isTooSlow(run, walk, tier)) return false;
    const isNew = !walk.called.has(index) && !walk.tooSlow.has(index);
    walk.tooSlow.add(index);
    if (isNew) run.emit({ type: 'policy-apply', policy: 'deadline', model: tier.info.name, reason: `it usually takes longer than the ${Math.round(run.remaining())} ms that are left allow` });
    return true;
  };
}

/** Tiers that may be asked when the whole plan has failed. `forceModel` means that one and no other. */
function capable(run: Run, walk: Walk): readonly number[] {
  if (run.opened.options.forceModel !== undefined) return [];
  const excluded = new Set(walk.route.plan.excluded.map((exclusion) => exclusion.model));
  return run.settings.tiers.filter((tier) => !excluded.has(tier.info.name) && affords(run, walk, tier)).map((tier) => tier.info.tier);
}

function failures(walk: Walk): FailedAttempt[] {
  return walk.attempts.map((attempt) => ({
    model: attempt.model,
    provider: attempt.provider,
    tier: attempt.tier,
    error: attempt.error?.toInfo() ?? { name: 'CascadeError', code: 'provider-failed', message: 'gave an empty answer', provider: attempt.provider, model: attempt.model },
  }));
}

/** Ends a run that has no answer: what was spent is in the event and in the error. */
function failed(run: Run, cause: unknown): CascadeError {
  const error = CascadeError.is(cause) ? cause : new CascadeError('internal', `internal error (${(cause as Error | undefined)?.name ?? typeof cause})`, { cause });
  run.stop(error);
  for (const attempt of run.unreported) reportEnd(run, attempt);
  error.spend = spendOf(run.log);
  run.emit({ type: 'cascade-fail', error: error.toInfo(), spend: error.spend });
  return error;
}
