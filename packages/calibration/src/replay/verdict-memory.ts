import type { Judge, JudgeInput, Verdict } from '@cascadeflow/contract';

/** Verdicts that were reached before, so that replaying the same traces again need not judge them again. Belongs to one judge. */
export interface VerdictMemory {
  readonly verdicts: Map<string, Verdict>;
}

/** An empty memory. Hand it to every replay of the same traces with the same judge. */
export function createVerdictMemory(): VerdictMemory {
  return { verdicts: new Map() };
}

/** A judge that remembers; everything that a verdict may depend on within one trace is in the key. */
export function withMemory(judge: Judge, { verdicts }: VerdictMemory, runId: () => string): Judge {
  return (input) => {
    const key = keyOf(runId(), input);
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

function keyOf(runId: string, { draft, opinions, target, minProbability, canAskOpinion, escalation, route, judgement }: JudgeInput): string {
  const others = opinions?.map((opinion) => opinion.model).join('\t') ?? '';
  const bar = typeof target === 'string' ? target : JSON.stringify(target);
  const next = `${escalation?.model.name ?? ''}\t${escalation?.cost ?? ''}`;
  return `${runId}\n${draft.model}\n${others}\n${bar}\n${minProbability ?? ''}\n${canAskOpinion ?? ''}\n${next}\n${route?.domain.label ?? ''}\n${route?.complexity.label ?? ''}\n${judgement ?? ''}`;
}
