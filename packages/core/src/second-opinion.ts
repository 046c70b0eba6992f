import type { Attempt } from './attempt.ts';
import { canAskFurther } from './can-ask-further.ts';
import type { Run } from './run.ts';
import { isExcluded } from './steps/choose-route.ts';
import { judgeOne } from './steps/reach-verdict.ts';
import { affords } from './steps/reserve-budget.ts';
import { askAside } from './steps/write-draft.ts';
import type { Walk } from './walk.ts';

/** Temperature of further samples of a drafter, so that they differ. From the self-consistency paper (Wang et al. 2022). */
const sampleTemperature = 0.7;

/** Hears further samples of the same drafter, then the model judge, until the draft is decided. A failure of theirs changes nothing. */
export async function askFurther(run: Run, walk: Walk, draft: Attempt): Promise<void> {
  if (draft.status !== 'ok' || draft.verdict?.veto !== undefined || !canAskFurther(run, draft)) return;
  const { samples = 0, judgeModel, when } = run.opened.secondOpinion;
  const isOpen = () => !run.stopped && (when === 'always' ? !draft.heardOpinion || draft.verdict?.wantsOpinion : draft.verdict?.wantsOpinion) === true;
  const wantsAny = when === 'always' || isOpen();
  if (!wantsAny) return;
  const heard: Attempt[] = [];
  for (let count = 0; count < samples && isOpen() && affords(run, walk, draft.from); count++) {
    const sample = await askAside(run, walk, draft.from, 'opinion', { ...walk.request, temperature: Math.max(sampleTemperature, walk.request.temperature ?? 0) });
    if (sample.status !== 'ok') break;
    heard.push(sample);
    draft.askedFurther = count + 1 === samples && judgeModel === undefined;
    await judgeOne(run, walk, draft, heard);
  }
  draft.askedFurther = true;
  const judge = run.settings.tiers.find((tier) => tier.info.name === judgeModel);
  if (!judge || isExcluded(walk.route.plan, judge.info.name) || !isOpen() || !affords(run, walk, judge)) return;
  const answer = await askAside(run, walk, judge, 'judge', run.settings.modelJudge.request({ request: walk.request, draft: draft.draft() }));
  const judgement = answer.status === 'ok' ? run.settings.modelJudge.read(answer.draft()) : undefined;
  if (judgement !== undefined) await judgeOne(run, walk, draft, heard, judgement);
}
