import type { JudgeInput } from '@cascadeflow/contract';
import { predict } from '../accept/boosted-trees.ts';
import { toProbability } from '../accept/log-odds.ts';
import { logPrice, nameClass } from '../accept/strength.ts';
import type { AcceptWeights } from '../accept/weights.ts';
import type { Assessment } from './assess.ts';
import { levelBars } from './target.ts';

/** The probability from which a draft is accepted: the plan's, the judge's own, the caller's, or what the verifier is expected to reach less what the level tolerates. */
export function barFor(input: JudgeInput, weights: AcceptWeights, assessment: Assessment, threshold: number | undefined): number {
  const { target, minProbability, escalation } = input;
  if (minProbability !== undefined) return minProbability;
  if (threshold !== undefined) return threshold;
  if (typeof target === 'object' && 'minProbability' in target) return target.minProbability;
  const verifier = escalation && verifierProbability(weights, assessment, escalation.model);
  if (typeof target === 'object') {
    const saved = escalation?.cost === undefined ? 0 : escalation.cost / target.errorCost;
    return Math.min(1, Math.max(0, (verifier ?? 1) - saved));
  }
  const level = levelBars[target];
  return verifier === undefined ? level.minProbability : Math.max(0, verifier - level.slack);
}

function verifierProbability(weights: AcceptWeights, { row }: Assessment, model: NonNullable<JudgeInput['escalation']>['model']): number {
  const other = row.slice();
  other[weights.features.indexOf('model-class')] = nameClass(model.name) ?? Number.NaN;
  other[weights.features.indexOf('model-price')] = logPrice(model) ?? Number.NaN;
  return toProbability(predict(weights.draft, other));
}
