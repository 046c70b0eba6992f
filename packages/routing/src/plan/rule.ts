import type { Complexity, Domain, SecondOpinion } from '@cascadeflow/contract';
import { domainProbability } from './domain-probability.ts';
import type { RoutingFacts } from './facts.ts';

/** A condition as data: every field that is given must hold. */
export interface RuleCondition {
  readonly domain?: Domain | readonly Domain[];
  /** Probability of the domain from which the condition holds. Default 0.5. */
  readonly minConfidence?: number;
  readonly complexity?: Complexity | readonly Complexity[];
  /** Whether tools are on offer. */
  readonly tools?: boolean;
  /** Whether JSON is asked for. */
  readonly json?: boolean;
  /** Whether images are shown. */
  readonly vision?: boolean;
  /** Least and most estimated prompt tokens. */
  readonly minTokens?: number;
  readonly maxTokens?: number;
  /** Fields of the run's metadata that must be equal. */
  readonly metadata?: { readonly [key: string]: string | number | boolean };
}

/** What a rule orders. */
export interface RuleAction {
  /** Models that may answer, by name; the others are left out. They are tried cheapest first. */
  readonly models?: readonly string[];
  /** `draft`: cheap first and judged. `direct`: the cheapest of `models`, or without them the dearest capable model, answers at once. */
  readonly start?: 'draft' | 'direct';
  readonly minProbability?: number;
  readonly secondOpinion?: SecondOpinion;
}

/** A user's rule. Rules come before policies and before any estimate; the first that holds decides. */
export interface RoutingRule {
  readonly when: RuleCondition | ((facts: RoutingFacts) => boolean);
  /** An action, or the name of the model that shall answer at once. */
  readonly use: RuleAction | string;
  /** One plain sentence that appears among the route's reasons. */
  readonly reason?: string;
}

/** Probability of a domain from which a rule that names it holds. */
const defaultConfidence = 0.5;

function includes<Value extends string>(wanted: Value | readonly Value[], value: Value): boolean {
  return typeof wanted === 'string' ? wanted === value : wanted.includes(value);
}

/** True when a rule's condition holds for a request. */
export function ruleHolds(rule: RoutingRule, facts: RoutingFacts): boolean {
  const { when } = rule;
  if (typeof when === 'function') return when(facts);
  const { needs } = facts;
  if (when.domain !== undefined) {
    const wanted = typeof when.domain === 'string' ? [when.domain] : when.domain;
    const bar = when.minConfidence ?? defaultConfidence;
    if (!wanted.some((name) => domainProbability(facts.domain, name) >= bar)) return false;
  }
  if (when.complexity !== undefined && !includes(when.complexity, facts.complexity.label)) return false;
  if (when.tools !== undefined && when.tools !== needs.tools) return false;
  if (when.json !== undefined && when.json !== needs.json) return false;
  if (when.vision !== undefined && when.vision !== needs.vision) return false;
  if (when.minTokens !== undefined && needs.promptTokens < when.minTokens) return false;
  if (when.maxTokens !== undefined && needs.promptTokens > when.maxTokens) return false;
  for (const [key, value] of Object.entries(when.metadata ?? {})) if (facts.input.metadata?.[key] !== value) return false;
  return true;
}

/** A rule's action in its long form. */
export function toAction(use: RuleAction | string): RuleAction {
  return typeof use === 'string' ? { models: [use], start: 'direct' } : use;
}
