import type { CascadeResult } from '@cascadeflow/contract';
import type { EventObserver } from './observer.ts';

/** The part of a logger that is used: pino has it, and bunyan. */
export interface RunLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

/**
 * An observer that writes one line per finished run: `info` for answers, `warn` for degraded ones, `error` for failures. Prompts, answers, users and
 * metadata are never written.
 */
export function logRuns(logger: RunLogger): EventObserver {
  const sessions = new Map<string, string>();
  return (event) => {
    const { runId } = event;
    if (event.type === 'cascade-start' && event.sessionId !== undefined) sessions.set(runId, event.sessionId);
    if (event.type !== 'cascade-end' && event.type !== 'cascade-fail') return;
    const sessionId = sessions.get(runId);
    sessions.delete(runId);
    const about = { runId, ...(sessionId !== undefined && { sessionId }) };
    if (event.type === 'cascade-fail') {
      const { error, spend } = event;
      logger.error({ ...about, error, cost: spend.totalCost, latencyMs: event.atMs }, 'cascade failed');
    } else if (event.result.degraded) logger.warn({ ...about, ...fieldsOf(event.result) }, 'cascade answered, degraded');
    else logger.info({ ...about, ...fieldsOf(event.result) }, 'cascade answered');
  };
}

function fieldsOf(result: CascadeResult) {
  const { modelUsed, provider, tier, draftAccepted, degraded, cacheHit, complexity, domain, qualityScore, escalations, usage, totalCost, costSaved, costEstimated, latencyMs, overheadMs, timeToFirstTokenMs } = result;
  const fields = { modelUsed, provider, tier, draftAccepted, degraded, cacheHit, complexity, domain, qualityScore, escalations, usage, cost: totalCost, costSaved, costEstimated, latencyMs, overheadMs, timeToFirstTokenMs };
  return { ...fields, attempts: result.attempts.length, warnings: result.warnings.length };
}
