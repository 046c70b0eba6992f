import type { Attempt } from './attempt.ts';
import type { Mutable } from './mutable.ts';
import type { EventDraft, Run } from './run.ts';

/** Says how a call ended and what it is billed, once. */
export function reportEnd(run: Run, attempt: Attempt): void {
  if (!run.unreported.delete(attempt)) return;
  const { end, step, role, provider, model, tier, content, toolCalls, latencyMs, firstMs, cancelReason } = attempt;
  const { usage, cost, estimated } = attempt.bill;
  const report: Mutable<Extract<EventDraft, { type: 'draft-end' }>> = {
    type: 'draft-end', attempt: attempt.attempt, step, role, provider, model, tier, estimated, status: attempt.status ?? 'cancelled', content, toolCalls, latencyMs,
  };
  if (usage) report.usage = usage;
  if (cost !== undefined) report.cost = cost;
  if (firstMs !== undefined) report.timeToFirstTokenMs = firstMs;
  if (cancelReason !== undefined) report.cancelReason = cancelReason;
  if (end) {
    report.finishReason = end.finishReason;
    if (end.servedModel !== undefined) report.servedModel = end.servedModel;
    if (end.responseId !== undefined) report.responseId = end.responseId;
    if (end.warnings) report.warnings = end.warnings;
  }
  run.emit(report);
  for (const warning of end?.warnings ?? []) run.warn(`${attempt.model}: ${warning}`);
}
