import type { Judge, JudgeInput, Route, Router, Verdict } from '@cascadeflow/contract';

/** Routes and verdicts that were reached before, so that replaying the same traces again need not reach them again. Belongs to one judge and one router. */
export interface ReplayMemory {
  readonly verdicts: Map<string, Verdict>;
  readonly routes: Map<string, Route | undefined>;
}

/** An empty memory. Hand it to every replay of the same traces with the same judge and router. */
export function createReplayMemory(): ReplayMemory {
  return { verdicts: new Map(), routes: new Map() };
}

/** A judge that remembers; everything that a verdict may depend on within one trace is in the key. */
export function rememberVerdicts(judge: Judge, { verdicts }: ReplayMemory, runId: () => string): Judge {
  return (input) => {
    const key = verdictKey(runId(), input);
    const known = verdicts.get(key);
    if (known !== undefined) return known;
    const keep = (verdict: Verdict) => {
      verdicts.set(key, verdict);
      return verdict;
    };
    const verdict = judge(input);
    return 'then' in verdict ? verdict.then(keep) : keep(verdict);
  };
}

/** A router that remembers. */
export function rememberRoutes(router: Router, { routes }: ReplayMemory, runId: () => string): Router {
  return (input) => {
    const { models, target, secondOpinion } = input;
    const key = `${runId()}\n${models.map((model) => model.name).join('\t')}\n${textOf(target)}\n${secondOpinion}`;
    if (routes.has(key)) return routes.get(key);
    const keep = (route: Route | undefined) => {
      routes.set(key, route);
      return route;
    };
    const route = router(input);
    return route !== undefined && 'then' in route ? route.then(keep) : keep(route);
  };
}

function verdictKey(runId: string, { draft, opinions, target, minProbability, canAskOpinion, escalation, route, judgement }: JudgeInput): string {
  const others = opinions?.map((opinion) => opinion.model).join('\t') ?? '';
  const next = `${escalation?.model.name ?? ''}\t${escalation?.cost ?? ''}`;
  return `${runId}\n${draft.model}\n${others}\n${textOf(target)}\n${minProbability ?? ''}\n${canAskOpinion ?? ''}\n${next}\n${route?.domain.label ?? ''}\n${route?.complexity.label ?? ''}\n${judgement ?? ''}`;
}

function textOf(target: JudgeInput['target']): string {
  return typeof target === 'string' ? target : JSON.stringify(target);
}
