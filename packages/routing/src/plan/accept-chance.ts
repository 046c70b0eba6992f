import type { ModelInfo } from '@cascadeflow/contract';
import type { RoutingFacts } from './facts.ts';

/** Expected chance that a cheap model's draft is good when nothing is known: its share over the recordings that complexity was fitted on. */
const unknownChance = 0.65;
/** A chance is never believed to be lower than this before the draft was seen: a draft at a tenth of the price is always worth a try. */
const lowest = 0.1;
const highest = 0.98;

/**
 * The expected chance that a model's draft is accepted, 0 to 1: one less the share of cheap models that fail on such requests. A model whose
 * `quality` is declared has its odds raised or lowered by how far that lies from the average of cheap models.
 */
export function acceptChance(facts: RoutingFacts, drafter?: ModelInfo): number {
  const average = facts.expectedFailure === undefined ? unknownChance : 1 - facts.expectedFailure;
  const quality = drafter?.quality;
  if (quality === undefined || quality <= 0 || quality >= 1) return clamp(average);
  const odds = (average / (1 - average)) * (quality / (1 - quality)) * ((1 - unknownChance) / unknownChance);
  return clamp(odds / (1 + odds));
}

function clamp(chance: number): number {
  return Math.max(lowest, Math.min(highest, Number.isFinite(chance) ? chance : highest));
}
