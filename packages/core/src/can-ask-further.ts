import type { Attempt } from './attempt.ts';
import type { Run } from './run.ts';

/** True when further samples or a model judge are set up and this answer has not had them. */
export function canAskFurther(run: Run, attempt: Attempt): boolean {
  const { samples = 0, judgeModel, when } = run.opened.secondOpinion;
  return when !== 'off' && attempt.role === 'draft' && !attempt.askedFurther && (samples > 0 || judgeModel !== undefined);
}
