import type { CascadeResult } from '@cascadeflow/contract';
import type { Run } from '../run.ts';

/** Gives a kept answer again: no call, no cost, the same text; what the verifier would have cost is what it saves. */
export async function answerFromCache(run: Run): Promise<CascadeResult | undefined> {
  const kept = await run.settings.cache?.find(run);
  if (!kept) return undefined;
  run.emit({ type: 'policy-apply', policy: 'cache', model: kept.modelUsed, reason: `answered before, by run ${kept.runId}` });
  if (kept.content !== '') run.emit({ type: 'text-delta', attempt: 0, text: kept.content, provisional: false });
  const { options } = run.opened;
  const latencyMs = run.elapsed();
  const { sessionId: _, metadata: __, speedup: ___, timeToFirstTokenMs: ____, ...rest } = kept;
  const answer = kept.messages.at(-1);
  const result: CascadeResult = {
    ...rest,
    messages: answer ? [...run.opened.request.messages, answer] : run.opened.request.messages,
    cacheHit: true,
    reason: 'the same question was answered before',
    attempts: [],
    escalations: 0,
    usage: {},
    totalCost: 0,
    draftCost: 0,
    verifierCost: 0,
    baselineEstimated: true,
    costSaved: kept.baselineCost,
    savingsPercent: kept.baselineCost === undefined ? undefined : 100,
    pricingIncomplete: false,
    costEstimated: false,
    tokensSaved: 0,
    latencyMs,
    ...(run.firstTextMs !== undefined && { timeToFirstTokenMs: run.firstTextMs }),
    routingMs: 0,
    judgingMs: 0,
    overheadMs: latencyMs,
    runId: run.id,
    traceId: run.id.replaceAll('-', ''),
    ...(options.sessionId !== undefined && { sessionId: options.sessionId }),
    ...(options.metadata && { metadata: options.metadata }),
    warnings: run.warnings,
  };
  run.emit({ type: 'cascade-end', result });
  return result;
}
