import { labelPairwise } from '@cascadeflow/calibration';
import type { Trace } from '@cascadeflow/contract';
import type { RecordedTier } from './record-answers.ts';

/** Labels traces one by one under one budget of calls. */
export interface PairwiseLabeller {
  /** The trace with labels; as it was once the budget is spent. */
  label(trace: Trace): Promise<Trace>;
  readonly count: { calls: number; compared: number; skipped: number; unreadable: number };
}

/** A labeller that asks `judge` which answer is better. Traces may be labelled at the same time: calls are set aside before they are made. */
export function createPairwiseLabeller(judge: RecordedTier, verifier: string, maxCalls: number, signal: AbortSignal): PairwiseLabeller {
  let left = maxCalls;
  const count = { calls: 0, compared: 0, skipped: 0, unreadable: 0 };
  return {
    count,
    async label(trace) {
      const granted = Math.min(left, 2 * (trace.answers.length - 1));
      left -= granted;
      const work = labelPairwise([trace], { judge: judge.model, verifier, maxCalls: granted, signal, ...(judge.price !== undefined && { price: judge.price }) });
      let labelled = trace;
      for (let next = await work.next(); ; next = await work.next()) {
        if (next.done !== true) {
          labelled = next.value;
          continue;
        }
        const { calls, compared, skipped, unreadable } = next.value;
        left += granted - calls;
        count.calls += calls;
        count.compared += compared;
        count.skipped += skipped;
        count.unreadable += unreadable;
        return labelled;
      }
    },
  };
}
