import type { Calibration, LabelSource, Trace } from '@cascadeflow/contract';

/** What a calibration was fitted on: a hash of runs, answers and labels, the span of time, and where labels came from. */
export async function describeData(rows: number, traces: readonly Trace[], models: readonly string[]): Promise<Calibration['data']> {
  const labels: Partial<Record<LabelSource, number>> = {};
  let from: string | undefined;
  let to: string | undefined;
  const facts: string[] = [];
  for (const trace of traces) {
    if (from === undefined || trace.time < from) from = trace.time;
    if (to === undefined || trace.time > to) to = trace.time;
    for (const { model, label } of trace.answers) {
      if (!models.includes(model)) continue;
      facts.push(`${trace.runId}\n${trace.requestHash}\n${model}\n${label?.score ?? ''}`);
      if (label !== undefined) labels[label.source] = (labels[label.source] ?? 0) + 1;
    }
  }
  return { fingerprint: await sha256(facts.sort().join('\0')), rows, ...(from !== undefined && { from }), ...(to !== undefined && { to }), models: [...models], labels };
}

/** SHA-256 of a text as hexadecimal digits. */
export async function sha256(text: string): Promise<string> {
  const digest = await globalThis.crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
