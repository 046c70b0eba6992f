import type { Signal, SignalInput } from '@cascadeflow/contract';
import { withView } from '../signals/define-signal.ts';

/** What a list of signals found in one draft. */
export interface Readings {
  /** One value per signal, `NaN` where it had nothing to say, and one `NaN` more at the end. */
  readonly values: Float64Array;
  /** The first veto. */
  readonly veto?: string;
}

/** Asks every signal. */
export function readSignals(signals: readonly Signal[], input: SignalInput): Readings {
  const values = new Float64Array(signals.length + 1).fill(Number.NaN);
  const viewed = withView(input);
  let veto: string | undefined;
  for (let index = 0; index < signals.length; index++) {
    const finding = (signals[index] as Signal)(viewed);
    if (finding === undefined) continue;
    if (typeof finding === 'number') values[index] = finding;
    else {
      values[index] = finding.value;
      veto ??= finding.veto;
    }
  }
  return { values, ...(veto !== undefined && { veto }) };
}
