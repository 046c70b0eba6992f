import type { Assessment, Domain, Route, Router, RouterInput } from '@cascadeflow/contract';
import { assessComplexity } from './complexity/assess-complexity.ts';
import { assessDomain } from './domain/assess-domain.ts';
import { buildPlan } from './plan/build-plan.ts';
import type { DomainPolicies } from './plan/policy.ts';
import { readNeeds } from './plan/preflight.ts';
import type { RoutingRule } from './plan/rule.ts';
import type { CountTokens } from './text/estimate-tokens.ts';

/** How a router decides. Everything is optional; without options it drafts first unless drafting cannot pay. */
export interface RouterOptions {
  /** What is done differently in a domain, `{ medical: { minProbability: 0.95 }, legal: { direct: true } }`. */
  readonly policies?: DomainPolicies;
  /** Rules of the user's own; the first that holds decides, before any policy or estimate. */
  readonly rules?: readonly RoutingRule[];
  /** An exact tokenizer in place of the heuristic. */
  readonly countTokens?: CountTokens;
}

/**
 * Builds the default router: complexity, domain, capability preflight, rules, policies and expected cost.
 *
 * It never refuses. It answers synchronously, except for the first call, which loads the weights of the domain classifier.
 * Throws `CascadeError` with code `no-capable-model` when no model can take the request.
 */
export function createRouter(options: RouterOptions = {}): Router {
  return (input) => {
    const domain = assessDomain(input.request);
    return domain instanceof Promise ? domain.then((known) => route(input, known, options)) : route(input, domain, options);
  };
}

function route(input: RouterInput, domain: Assessment<Domain>, options: RouterOptions): Route {
  const complexity = assessComplexity(input.request);
  const language = input.models.some((model) => model.capabilities.languages !== undefined);
  const needs = readNeeds(input.request, { ...(options.countTokens && { countTokens: options.countTokens }), language });
  const { plan, reasons } = buildPlan({ input, complexity, domain, needs }, options);
  return { complexity, domain, plan, reasons };
}
