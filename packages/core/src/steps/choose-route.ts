import { CascadeError, type ModelRequest, type Plan, type Route, type RouterInput } from '@cascadeflow/contract';
import type { Mutable } from '../mutable.ts';
import { isPromiseLike, type Run } from '../run.ts';
import { stallOf } from '../tool-loop.ts';

const unknown = { label: 'unknown', confidence: 0 } as const;
const general = { label: 'general', confidence: 0 } as const;

/** Asks the router for a plan. A router that fails or has nothing to say leaves the plain plan: every model, cheapest first. */
export function chooseRoute(run: Run, request: ModelRequest, step: number): Route | Promise<Route> {
  const startedAt = run.settings.clock.now();
  const settle = (route: Route): Route => {
    run.emit({ type: 'route-choose', step, route, routingMs: run.settings.clock.now() - startedAt });
    return route;
  };
  const only = forced(run);
  if (only) return settle(only);
  const answered = (route: Route | undefined): Route => settle(calm(run, stalled(run, request, hold(run, route ?? plain(run, 'the router had nothing to say')))));
  const answer = askRouter(run, request);
  return answer instanceof Promise ? answer.then(answered) : answered(answer);
}

function askRouter(run: Run, request: ModelRequest): Route | undefined | Promise<Route | undefined> {
  const { options, target, secondOpinion } = run.opened;
  const input: Mutable<RouterInput> = { request, models: run.settings.tiers.map((tier) => tier.info), target, secondOpinion: secondOpinion.when };
  if (options.sessionId !== undefined) input.sessionId = options.sessionId;
  if (options.metadata) input.metadata = options.metadata;
  try {
    const answer = run.settings.router(input);
    return isPromiseLike(answer) ? run.untilStopped(answer).catch((error: unknown) => failed(run, error)) : answer;
  } catch (error) {
    return failed(run, error);
  }
}

/** A router that fails costs no run its answer, unless it says that there can be none. */
function failed(run: Run, error: unknown): undefined {
  if (run.stopped || (CascadeError.is(error) && (error.code === 'no-capable-model' || error.code === 'content-blocked'))) throw error;
  run.warn(`the router failed (${(error as Error).name}); every model is in the plan`);
  return undefined;
}

/** Refuses a plan that names a tier that is not there: a router of the user's own may be wrong. */
function hold(run: Run, route: Route): Route {
  const { tiers } = route.plan;
  if (tiers.length > 0 && tiers.every((tier) => run.settings.tiers[tier] !== undefined)) return route;
  run.warn('the router planned a tier that does not exist; every model is in the plan');
  return plain(run, 'the planned tiers do not exist');
}

function forced(run: Run): Route | undefined {
  const name = run.opened.options.forceModel;
  if (name === undefined) return undefined;
  const tier = run.settings.tiers.findIndex((candidate) => candidate.info.name === name);
  return routeOf({ tiers: [tier], start: 'direct', secondOpinion: 'off', excluded: [] }, `forceModel asks for ${name}`);
}

/** Leaves out a drafter whose acceptance has collapsed. */
function calm(run: Run, route: Route): Route {
  const { plan } = route;
  const drafter = run.settings.tiers[plan.tiers[0] ?? -1];
  const reason = plan.start === 'draft' && plan.tiers.length > 1 && drafter ? run.settings.storm?.pausedReason(drafter.info.name) : undefined;
  if (reason === undefined || !drafter) return route;
  run.emit({ type: 'policy-apply', policy: 'storm', model: drafter.info.name, reason });
  const tiers = plan.tiers.slice(1);
  return { ...route, plan: { ...plan, tiers, start: tiers.length > 1 ? 'draft' : 'direct' }, reasons: [reason, ...route.reasons] };
}

/** A conversation that goes round in circles is not helped by another draft: the dearest model that the route does not exclude takes over. */
function stalled(run: Run, request: ModelRequest, route: Route): Route {
  const reason = stallOf(request.messages);
  const last = run.settings.tiers.findLast((tier) => !isExcluded(route.plan, tier.info.name));
  if (reason === undefined || !last || run.settings.tiers.length < 2) return route;
  run.emit({ type: 'policy-apply', policy: 'session', model: last.info.name, reason });
  return { ...route, plan: { ...route.plan, tiers: [last.info.tier], start: 'direct', secondOpinion: 'off' }, reasons: [reason] };
}

function plain(run: Run, reason: string): Route {
  const tiers = run.settings.tiers.map((tier) => tier.info.tier);
  return routeOf({ tiers, start: tiers.length > 1 ? 'draft' : 'direct', secondOpinion: run.opened.secondOpinion.when, excluded: [] }, reason);
}

function routeOf(plan: Plan, reason: string): Route {
  return { complexity: unknown, domain: general, plan, reasons: [reason] };
}

/** True when a plan leaves a model out: then nothing may turn to it, not even in need. */
export function isExcluded(plan: Plan, model: string): boolean {
  return plan.excluded.some((exclusion) => exclusion.model === model);
}
