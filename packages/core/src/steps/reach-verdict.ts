import type { JudgeInput, Verdict } from '@cascadeflow/contract';
import type { Attempt } from '../attempt.ts';
import { estimateInput } from '../bill.ts';
import { fromPico, priceOf } from '../money.ts';
import { isPromiseLike, type Run } from '../run.ts';
import { canAskFurther } from '../can-ask-further.ts';
import type { Mutable } from '../mutable.ts';
import type { Walk } from '../walk.ts';

/** Has the new answer judged; an opinion first has the drafts judged again in its light. The one model that `forceModel` names is not judged: its answer stands. */
export function reachVerdict(run: Run, walk: Walk, attempt: Attempt): void | Promise<void> {
  if (attempt.status !== 'ok' || run.opened.options.forceModel !== undefined) return undefined;
  const others = walk.attempts.filter((other) => other !== attempt && other.status === 'ok' && other.model !== attempt.model);
  if (attempt.role === 'opinion') return weighOpinion(run, walk, attempt, others);
  return judgeOne(run, walk, attempt, attempt.role === 'verifier' ? [] : others);
}

async function weighOpinion(run: Run, walk: Walk, opinion: Attempt, others: readonly Attempt[]): Promise<void> {
  for (const earlier of others) {
    if (earlier.verdict?.veto !== undefined) continue;
    await judgeOne(run, walk, earlier, [opinion]);
    if (earlier.verdict?.accept) return;
  }
  await judgeOne(run, walk, opinion, others);
}

/** Tells a judge that learns what the verifier made of the drafts it turned down. */
export function teachJudge(run: Run, walk: Walk, verifier: Attempt): void {
  const { judge } = run.settings;
  if (!judge.learn) return;
  for (const attempt of walk.attempts) {
    if (attempt === verifier || attempt.status !== 'ok' || !attempt.verdict) continue;
    try {
      judge.learn({
        request: walk.request,
        route: walk.route,
        model: attempt.from.info,
        draft: attempt.draft(),
        verdict: attempt.verdict,
        verifier: verifier.draft(),
      });
    } catch (error) {
      run.warn(`the judge could not learn from an outcome (${(error as Error).name})`);
    }
  }
}

/** Asks the judge about one answer, in the light of others and of a model judge where there are any. */
export function judgeOne(run: Run, walk: Walk, attempt: Attempt, opinions: readonly Attempt[], judgement?: number): void | Promise<void> {
  const startedAt = run.settings.clock.now();
  const settle = (verdict: Verdict): void => {
    attempt.verdict = verdict;
    attempt.heardOpinion ||= opinions.length > 0 || judgement !== undefined;
    run.emit({ type: 'verdict-reach', attempt: attempt.attempt, verdict, judgingMs: run.settings.clock.now() - startedAt });
  };
  const fail = (error: unknown): void => {
    if (!run.stopped) run.warn(`the judge failed (${(error as Error).name}); the draft counts as not accepted`);
  };
  try {
    const answer = run.settings.judge(judgeInput(run, walk, attempt, opinions, judgement));
    if (isPromiseLike(answer)) return run.untilStopped(answer).then(settle).catch(fail);
    settle(answer);
  } catch (error) {
    fail(error);
  }
  return undefined;
}

function judgeInput(run: Run, walk: Walk, attempt: Attempt, opinions: readonly Attempt[], judgement: number | undefined): JudgeInput {
  const { plan } = walk.route;
  const next = walk.nextTier();
  const canAskOpinion = plan.secondOpinion !== 'off' && ((next !== undefined && next !== plan.tiers.at(-1)) || canAskFurther(run, attempt));
  const input: Mutable<JudgeInput> = { request: walk.request, draft: attempt.draft(), route: walk.route, model: attempt.from.info, target: run.opened.target, canAskOpinion };
  if (judgement !== undefined) input.judgement = judgement;
  if (plan.minProbability !== undefined) input.minProbability = plan.minProbability;
  if (opinions.length > 0) input.opinions = opinions.map((opinion) => opinion.draft());
  const dearer = attempt.role === 'verifier' ? undefined : escalation(run, walk, attempt);
  if (dearer) input.escalation = dearer;
  return input;
}

/** The verifier, and what asking it is expected to cost, going by the draft's length. */
function escalation(run: Run, walk: Walk, attempt: Attempt): JudgeInput['escalation'] {
  const tier = walk.route.plan.tiers.at(-1);
  const verifier = tier === undefined ? undefined : run.settings.tiers[tier];
  if (!verifier) return undefined;
  const { input, output } = attempt.bill.usage ?? {};
  const tokens = {
    input: input ?? estimateInput(walk.request, run.settings.estimateTokens),
    output: output ?? run.settings.estimateTokens(attempt.content),
  };
  const pico = verifier.price && priceOf(tokens, verifier.price);
  return pico === undefined ? { model: verifier.info } : { model: verifier.info, cost: fromPico(pico) };
}
