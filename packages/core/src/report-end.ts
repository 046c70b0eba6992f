import type { Attempt } from './attempt.ts';
import type { Run } from './run.ts';

/** Says how a call ended and what it is billed, once. */
export function reportEnd(run: Run, attempt: Attempt): void {
  if (!run.unreported.delete(attempt)) return;
  const { end } = attempt;
  run.emit({
    type: 'draft-end',
    ...attempt.ref(),
    ...attempt.bill,
    status: attempt.status ?? 'cancelled',
    content: attempt.content,
    toolCalls: attempt.toolCalls,
    latencyMs: attempt.latencyMs,
    ...(end && { finishReason: end.finishReason }),
    ...(attempt.firstMs !== undefined && { timeToFirstTokenMs: attempt.firstMs }),
    ...(end?.servedModel !== undefined && { servedModel: end.servedModel }),
    ...(end?.responseId !== undefined && { responseId: end.responseId }),
    ...(attempt.cancelReason !== undefined && { cancelReason: attempt.cancelReason }),
    ...(end?.warnings && { warnings: end.warnings }),
  });
  for (const warning of end?.warnings ?? []) run.warn(`${attempt.model}: ${warning}`);
}
