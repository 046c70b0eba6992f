import type { JudgeInput, Verdict } from '@cascadeflow/contract';
import type { Attempt } from '../attempt.ts';
import { estimateInput } from '../bill.ts';
import { fromPico, priceOf } from '../money.ts';
import { isPromiseLike, type Run } from '../run.ts';
import { canAskFurther } from '../can-ask-further.ts';
import type { Walk } from '../walk.ts';

/** Has the new answer judged; an opinion first has the drafts judged again in its light. */
export async function reachVerdict(run: Run, walk: Walk, attempt: Attempt): Promise<void> {
  if (attempt.status !== 'ok') return;
  const others = walk.attempts.filter((other) => other !== attempt && other.status === 'ok' && other.model !== attempt.model);
  if (attempt.role === 'opinion') {
    for (const earlier of others) {
      if (earlier.verdict?.veto !== undefined) continue;
      await judgeOne(run, walk, earlier, [attempt]);
      if (earlier.verdict?.accept) return;
    }
  }
  await judgeOne(run, walk, attempt, attempt.role === 'verifier' ? [] : others);
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
export async function judgeOne(run: Run, walk: Walk, attempt: Attempt, opinions: readonly Attempt[], judgement?: number): Promise<void> {
  const startedAt = run.settings.clock.now();
  try {
    const answer = run.settings.judge(judgeInput(run, walk, attempt, opinions, judgement));
    const verdict: Verdict = isPromiseLike(answer) ? await run.untilStopped(answer) : answer;
    attempt.verdict = verdict;
    attempt.heardOpinion ||= opinions.length > 0 || judgement !== undefined;
    run.emit({ type: 'verdict-reach', attempt: attempt.attempt, verdict, judgingMs: run.settings.clock.now() - startedAt });
  } catch (error) {
    if (!run.stopped) run.warn(`the judge failed (${(error as Error).name}); the draft counts as not accepted`);
  }
}

function judgeInput(run: Run, walk: Walk, attempt: Attempt, opinions: readonly Attempt[], judgement: number | undefined): JudgeInput {
  const { plan } = walk.route;
  const next = walk.nextTier();
  return {
    request: walk.request,
    draft: attempt.draft(),
    route: walk.route,
    model: attempt.from.info,
    target: run.opened.target,
    canAskOpinion: plan.secondOpinion !== 'off' && ((next !== undefined && next !== plan.tiers.at(-1)) || canAskFurther(run, attempt)),
    ...(judgement !== undefined && { judgement }),
    ...(plan.minProbability !== undefined && { minProbability: plan.minProbability }),
    ...(opinions.length > 0 && { opinions: opinions.map((opinion) => opinion.draft()) }),
    ...(attempt.role !== 'verifier' && escalation(run, walk, attempt)),
  };
}

/** The verifier, and what asking it is expected to cost, going by the draft's length. */
function escalation(run: Run, walk: Walk, attempt: Attempt): Pick<JudgeInput, 'escalation'> {
  const tier = walk.route.plan.tiers.at(-1);
  const verifier = tier === undefined ? undefined : run.settings.tiers[tier];
  if (!verifier) return {};
  const { input, output } = attempt.bill.usage ?? {};
  const tokens = {
    input: input ?? estimateInput(walk.request, run.settings.estimateTokens),
    output: output ?? run.settings.estimateTokens(attempt.content),
  };
  const pico = verifier.price && priceOf(tokens, verifier.price);
  return { escalation: { model: verifier.info, ...(pico !== undefined && { cost: fromPico(pico) }) } };
}
