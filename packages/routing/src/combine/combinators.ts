import { InvalidOptionsError, type Assessment, type Complexity, type Domain, type Plan, type Route, type Router, type RouterInput } from '@cascadeflow/contract';
import { assessComplexity } from '../complexity/assess-complexity.ts';
import { assessDomain } from '../domain/assess-domain.ts';
import { domainProbability } from '../plan/domain-probability.ts';

const unknown: Assessment<Complexity> = { label: 'unknown', confidence: 0 };
const general: Assessment<Domain> = { label: 'general', confidence: 0 };

/** What a fixed plan is made of: names of models, cheapest first; the last is the verifier. */
export interface FixedPlan {
  readonly models: readonly string[];
  /** Default `draft` for several models, `direct` for one. */
  readonly start?: 'draft' | 'direct';
  readonly minProbability?: number;
  readonly reason?: string;
}

/**
 * A router that always plans the same models. Refuses nothing: a model that is not configured is an error naming it.
 *
 * @throws InvalidOptionsError when no model is named, or a named one is not configured.
 */
export function fixed(plan: FixedPlan | string): Router {
  const given: FixedPlan = typeof plan === 'string' ? { models: [plan] } : plan;
  if (given.models.length === 0) throw new InvalidOptionsError('models', 'name at least one model');
  return (input) => ({ complexity: unknown, domain: general, plan: toPlan(given, input), reasons: [given.reason ?? `the plan is fixed: ${given.models.join(', ')}`] });
}

function toPlan(given: FixedPlan, input: RouterInput): Plan {
  const tiers = given.models.map((name, index) => {
    const model = input.models.find((candidate) => candidate.name === name);
    if (!model) throw new InvalidOptionsError(`models[${index}]`, `no model is called "${name}"; there are ${input.models.map((known) => known.name).join(', ')}`);
    return model.tier;
  });
  return {
    tiers,
    start: given.start ?? (tiers.length > 1 ? 'draft' : 'direct'),
    secondOpinion: input.secondOpinion,
    excluded: input.models.filter((model) => !tiers.includes(model.tier)).map((model) => ({ model: model.name, reason: 'the plan is fixed' })),
    ...(given.minProbability !== undefined && { minProbability: given.minProbability }),
  };
}

/** Chooses a router by the level of the request. A level without a router is not handled: the next router decides. */
export function byComplexity(routers: { readonly [Level in Complexity]?: Router }): Router {
  return (input) => routers[assessComplexity(input.request).label]?.(input);
}

/** Chooses a router by the domain of the request, from a probability of `minConfidence` on (default 0.5). Other requests are not handled. */
export function byDomain(routers: { readonly [Name in Domain]?: Router }, options: { readonly minConfidence?: number } = {}): Router {
  const bar = options.minConfidence ?? 0.5;
  return async (input) => {
    const domain = await assessDomain(input.request);
    for (const [name, router] of Object.entries(routers) as [Domain, Router | undefined][]) {
      if (router && domainProbability(domain, name) >= bar) return router(input);
    }
    return undefined;
  };
}

/** Asks routers in turn; the first that has an answer decides. */
export function firstMatch(...routers: readonly Router[]): Router {
  return (input) => askFrom(routers, 0, input);
}

function askFrom(routers: readonly Router[], at: number, input: RouterInput): ReturnType<Router> {
  for (let index = at; index < routers.length; index++) {
    const answer = routers[index]?.(input);
    if (answer instanceof Promise) return answer.then((route) => route ?? askFrom(routers, index + 1, input));
    if (answer) return answer;
  }
  return undefined;
}

/** What a shadow saw: the route that was taken and the one that would have been. */
export interface ShadowReport {
  readonly taken: Route | undefined;
  readonly shadow: Route | undefined;
  /** True when both name the same tiers and the same start. */
  readonly agree: boolean;
  /** What the second router threw, where it did. */
  readonly error?: unknown;
}

/** Acts on the first router and reports what the second would have done. The second is never waited for, and its failures stay in the report. */
export function shadow(acting: Router, candidate: Router, report: (seen: ShadowReport) => void): Router {
  return (input) => {
    const answer = acting(input);
    void compare(answer, candidate, input).then(report);
    return answer;
  };
}

async function compare(answer: ReturnType<Router>, candidate: Router, input: RouterInput): Promise<ShadowReport> {
  const taken = await Promise.resolve(answer).catch(() => undefined);
  try {
    const other = await candidate(input);
    return { taken, shadow: other, agree: samePlan(taken, other) };
  } catch (error) {
    return { taken, shadow: undefined, agree: false, error };
  }
}

function samePlan(a: Route | undefined, b: Route | undefined): boolean {
  return a?.plan.start === b?.plan.start && a?.plan.tiers.join() === b?.plan.tiers.join();
}
