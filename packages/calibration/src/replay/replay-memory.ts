import type { Judge, JudgeInput, ProgressFactory, ProgressFinding, Route, Router, Verdict } from '@cascadeflow/contract';

/** What was found before, so that replaying the same traces again need not find it again. Belongs to one judge, one router and one kind of progress checks. */
export interface ReplayMemory {
  readonly verdicts: Map<string, Verdict>;
  readonly routes: Map<string, Route | undefined>;
  /** By run and model: what each piece of the recorded answer was found to be. */
  readonly findings: Map<string, ProgressFinding[]>;
}

/** An empty memory. Hand it to every replay of the same traces with the same judge and router. */
export function createReplayMemory(): ReplayMemory {
  return { verdicts: new Map(), routes: new Map(), findings: new Map() };
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

/** Progress checks that remember: a recorded answer comes in the same pieces every time. A run without a reader asks of a finding only whether the draft is dead. */
export function rememberProgress(progress: ProgressFactory, { findings }: ReplayMemory, runId: () => string): ProgressFactory {
  return (input) => {
    if (input.model === undefined) return progress(input);
    const key = `${runId()}\n${input.model.name}`;
    const known = findings.get(key);
    if (known !== undefined) {
      let at = 0;
      const next = () => known[at++] ?? {};
      return { push: next, toolCall: next };
    }
    const checks = progress(input);
    const found: ProgressFinding[] = [];
    findings.set(key, found);
    const keep = ({ dead }: ProgressFinding): ProgressFinding => {
      const finding = dead === undefined ? {} : { dead };
      found.push(finding);
      return finding;
    };
    return { push: (text, logprobs) => keep(checks.push(text, logprobs)), toolCall: (name) => keep(checks.toolCall(name)) };
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
