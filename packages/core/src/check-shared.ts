import { InvalidOptionsError } from '@cascadeflow/contract';
import { checkKeys, checkNumber, checkOneOf, checkText, describe } from './check.ts';

const levels = ['economy', 'balanced', 'strict'];
const opinionKeys = new Set(['when', 'samples', 'judgeModel']);
const targetKeys = new Set(['minProbability', 'errorCost']);

/** Options that an agent and a run share. */
export function checkShared(options: Readonly<Record<string, unknown>>): void {
  if (options['quality'] !== undefined) checkTarget(options['quality']);
  if (options['secondOpinion'] !== undefined) checkOpinion(options['secondOpinion']);
  checkOneOf(options['release'], 'release', ['hold', 'window', 'optimistic']);
  checkOneOf(options['speculation'], 'speculation', ['sequential', 'parallel', 'hedged', 'auto']);
  checkNumber(options['deadlineMs'], 'deadlineMs', { above: 0 });
  if (options['system'] !== undefined) checkText(options['system'], 'system');
}

function checkTarget(target: unknown): void {
  if (typeof target === 'string') return checkOneOf(target, 'quality', levels);
  checkKeys(target, 'quality', targetKeys);
  if ('minProbability' in target === 'errorCost' in target) {
    throw new InvalidOptionsError('quality', `give a level (${levels.join(', ')}), { minProbability } or { errorCost }; got ${describe(target)}`);
  }
  checkNumber(target['minProbability'], 'quality.minProbability', { min: 0, max: 1 });
  checkNumber(target['errorCost'], 'quality.errorCost', { min: 0 });
}

function checkOpinion(opinion: unknown): void {
  const when = ['off', 'auto', 'always'];
  if (typeof opinion === 'string') return checkOneOf(opinion, 'secondOpinion', when);
  checkKeys(opinion, 'secondOpinion', opinionKeys);
  if (opinion['when'] === undefined) throw new InvalidOptionsError('secondOpinion.when', `must be one of ${when.join(', ')}`);
  checkOneOf(opinion['when'], 'secondOpinion.when', when);
  checkNumber(opinion['samples'], 'secondOpinion.samples', { min: 0, max: 16, whole: true });
  if (opinion['judgeModel'] !== undefined) checkText(opinion['judgeModel'], 'secondOpinion.judgeModel');
}
