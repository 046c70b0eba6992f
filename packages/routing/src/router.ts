import { lastUserText, type Assessment, type Domain, type Route, type Router, type RouterInput } from '@cascadeflow/contract';
import { estimateComplexity } from './complexity/assess-complexity.ts';
import { assessDomain } from './domain/assess-domain.ts';
import { buildPlan } from './plan/build-plan.ts';
import type { DomainPolicies } from './plan/policy.ts';
import { readNeeds } from './plan/preflight.ts';
import type { RoutingRule } from './plan/rule.ts';
import type { CountTokens } from './text/estimate-tokens.ts';
import { readStructure, type Structure } from './text/structure.ts';

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
    const form = readStructure(lastUserText(input.request.messages));
    const domain = assessDomain(input.request, form);
    return domain instanceof Promise ? domain.then((known) => route(input, known, form, options)) : route(input, domain, form, options);
  };
}

function route(input: RouterInput, domain: Assessment<Domain>, form: Structure, options: RouterOptions): Route {
  const { assessment: complexity, ...expected } = estimateComplexity(input.request, form);
  const language = input.models.some((model) => model.capabilities.languages !== undefined);
  const needs = readNeeds(input.request, { ...(options.countTokens && { countTokens: options.countTokens }), language });
  const { plan, reasons } = buildPlan({ input, complexity, domain, needs, ...expected }, options);
  return { complexity, domain, plan, reasons };
}
