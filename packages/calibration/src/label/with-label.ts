import type { LabelSource, Trace, TraceLabel } from '@cascadeflow/contract';

/** Sources by how much they are to be trusted, most first. */
export const labelTrust: readonly LabelSource[] = ['gold', 'human', 'pairwise-judge', 'verifier-agreement'];

/** A trace in which one model's answer has a label. A label from a more trusted source stays; the trace handed in is not changed. */
export function withLabel(trace: Trace, model: string, label: TraceLabel): Trace {
  const answers = trace.answers.map((answer) => {
    if (answer.model !== model) return answer;
    const isWeaker = answer.label !== undefined && labelTrust.indexOf(answer.label.source) < labelTrust.indexOf(label.source);
    return isWeaker ? answer : { ...answer, label };
  });
  return { ...trace, answers };
}
