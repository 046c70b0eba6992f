import type { ModelEvent, ProgressChecks, ProgressFinding } from '@cascadeflow/contract';
import type { Attempt } from './attempt.ts';
import type { Run } from './run.ts';

/** How one attempt's text reaches the reader: not before the verdict, after a window, at once but revocably, or at once for good. */
export type Gate = 'closed' | 'window' | 'provisional' | 'open';

/** In `window` mode a draft is shown once this much of it has passed. Chosen by hand: about 24 tokens, the first sentence. */
export const windowCharacters = 96;

/** In `window` mode a draft is shown once it is this likely to be good. Chosen by hand between the bars of the levels. */
export const windowProbability = 0.8;

/** The gate of an attempt: only the model whose answer will be taken as it comes streams through. */
export function gateOf(run: Run, attempt: Attempt): Gate {
  if (!run.opened.hasReader || attempt.role === 'judge' || attempt.role === 'opinion') return 'closed';
  if (attempt.role === 'verifier') return 'open';
  if (run.opened.release === 'optimistic') return 'provisional';
  return run.opened.release === 'window' ? 'window' : 'closed';
}

/** Shows what may be shown of one more event, and cancels a draft that cannot pass any more. */
export function passThrough(run: Run, attempt: Attempt, gate: Gate, checks: ProgressChecks | undefined, event: ModelEvent): void {
  if (event.type === 'text-delta') attempt.readLength += event.text.length;
  const finding = checks && watch(run, checks, event);
  if (finding?.dead !== undefined && !attempt.committed) {
    run.emit({ type: 'policy-apply', policy: 'early-abort', model: attempt.model, reason: finding.dead });
    attempt.cancel(finding.dead);
    return;
  }
  if (gate === 'closed') return;
  if (gate === 'window' && !attempt.committed) {
    if (attempt.readLength < windowCharacters || (finding?.probability ?? 0) < windowProbability) return;
    attempt.committed = true;
  }
  if (event.type === 'text-delta') show(run, attempt, gate === 'provisional', event.text);
  else if (event.type === 'reasoning-delta' && gate === 'open') run.emit({ type: 'reasoning-delta', attempt: attempt.attempt, text: event.text });
}

/** Shows all of an accepted answer that the reader has not seen yet. */
export function releaseAnswer(run: Run, attempt: Attempt): void {
  attempt.readLength = attempt.content.length;
  show(run, attempt, false);
  for (const call of attempt.toolCalls) run.emit({ type: 'tool-call', attempt: attempt.attempt, call });
}

/** Takes provisional text back. */
export function withdraw(run: Run, attempt: Attempt, reason: string): void {
  if (attempt.releasedLength === 0 || attempt.committed) return;
  attempt.releasedLength = 0;
  run.emit({ type: 'answer-reset', attempt: attempt.attempt, reason });
}

/** Checks that fail are not the draft's fault: they are reported, and the draft goes on. */
function watch(run: Run, checks: ProgressChecks, event: ModelEvent): ProgressFinding | undefined {
  try {
    if (event.type === 'text-delta') return checks.push(event.text);
    if (event.type === 'logprobs') return checks.push('', event.tokens);
    return event.type === 'tool-call-start' ? checks.toolCall(event.name) : undefined;
  } catch (error) {
    run.warnOnce(`the progress checks failed (${(error as Error).name})`);
    return undefined;
  }
}

/** Shows what has been read and not yet shown: `latest`, if that is all there is, so that a long answer is not cut up once per piece. */
function show(run: Run, attempt: Attempt, provisional: boolean, latest = ''): void {
  const isLatest = attempt.readLength - attempt.releasedLength === latest.length;
  const text = isLatest ? latest : attempt.content.slice(attempt.releasedLength, attempt.readLength);
  if (text === '') return;
  attempt.releasedLength = attempt.readLength;
  if (!provisional) attempt.committed = true;
  run.emit({ type: 'text-delta', attempt: attempt.attempt, text, provisional });
}
