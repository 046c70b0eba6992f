import { lastUserText, type Assessment, type Domain, type Route, type Router, type RouterInput } from '@cascadeflow/contract';
import { estimateComplexity } from './complexity/assess-complexity.ts';
import { assessDomain } from './domain/assess-domain.ts';
import { createMeaning } from './domain/meaning.ts';
import { buildPlan } from './plan/build-plan.ts';
import { readNeeds } from './plan/preflight.ts';
import { checkRouterOptions, type RouterOptions } from './router-options.ts';
import { withSessions } from './session/with-sessions.ts';
import { readStructure, type Structure } from './text/structure.ts';

/**
 * Builds the default router: complexity, domain, capability preflight, rules, policies, expected cost and sessions.
 *
 * It never refuses. It answers synchronously, except for the first call, which loads the weights of the domain classifier, and where an embedder
 * or a session store has to be asked. Throws `CascadeError` with code `no-capable-model` when no model can take the request.
 *
 * @throws InvalidOptionsError naming the option that cannot work.
 */
export function createRouter(options: RouterOptions = {}): Router {
  checkRouterOptions(options);
  const meaning = options.embedder && createMeaning(options.embedder);
  const router: Router = (input) => {
    const form = readStructure(lastUserText(input.request.messages));
    if (meaning) return meaning.assess(input.request, input.signal).then(({ domain, failure }) => route(input, domain, form, options, failure));
    const domain = assessDomain(input.request, form);
    return domain instanceof Promise ? domain.then((known) => route(input, known, form, options)) : route(input, domain, form, options);
  };
  return options.sessions === false ? router : withSessions(router, options.sessions);
}

function route(input: RouterInput, domain: Assessment<Domain>, form: Structure, options: RouterOptions, failure?: number): Route {
  const { assessment: complexity, expectedFailure, expectedGain } = estimateComplexity(input.request, form, failure);
  const language = input.models.some((model) => model.capabilities.languages !== undefined);
  const needs = readNeeds(input.request, { countTokens: options.countTokens, language });
  const { plan, reasons } = buildPlan({ input, complexity, domain, needs, expectedFailure, expectedGain }, options);
  return { complexity, domain, plan, reasons };
}
