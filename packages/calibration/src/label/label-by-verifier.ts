import type { ModelRequest, Trace, TraceAnswer } from '@cascadeflow/contract';
import { withLabel } from './with-label.ts';

/** How far two answers to one request agree, 0 to 1, or `undefined` when it cannot tell: extracted answers, or embeddings for open text. */
export type Agree = (a: TraceAnswer, b: TraceAnswer, request: ModelRequest | undefined) => number | undefined | Promise<number | undefined>;

/**
 * Labels answers by how far they agree with the verifier's, which counts as good itself. Needs no gold answers, and takes the verifier's mistakes
 * for truth: savings are right, a draft that beats the verifier counts as bad.
 *
 * Calibration from agreement with the verifier: C3PO, 2025.
 */
export async function labelByVerifier(trace: Trace, verifier: string, agree: Agree): Promise<Trace> {
  const reference = trace.answers.find((answer) => answer.model === verifier);
  if (reference?.content === undefined) return trace;
  let labelled = withLabel(trace, verifier, { score: 1, source: 'verifier-agreement' });
  for (const answer of trace.answers) {
    if (answer === reference || answer.content === undefined) continue;
    const score = await agree(answer, reference, trace.request);
    if (score !== undefined) labelled = withLabel(labelled, answer.model, { score, source: 'verifier-agreement' });
  }
  return labelled;
}
