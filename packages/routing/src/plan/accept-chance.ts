import type { Complexity } from '@cascadeflow/contract';
import type { RoutingFacts } from './facts.ts';

/** Share of drafts that are good at each level, from the failure rates of cheap models that the levels were fitted on. */
const chanceAt: { readonly [Level in Complexity]: number } = {
  trivial: 0.95,
  simple: 0.85,
  moderate: 0.7,
  hard: 0.55,
  expert: 0.4,
  unknown: 0.7,
};

/** The expected chance that a cheap model's draft is accepted, 0 to 1. */
export function acceptChance(facts: RoutingFacts): number {
  return chanceAt[facts.complexity.label];
}
