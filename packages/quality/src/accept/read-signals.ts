import type { SignalInput } from '@cascadeflow/contract';
import type { SignalReader } from '../signals/define-signal.ts';
import { draftView } from '../text/draft-view.ts';
import { missing } from './missing.ts';

/** What a list of signals found in one draft. */
export interface Readings {
  /** One value per signal, `NaN` where it had nothing to say, and one `NaN` more at the end. */
  readonly values: number[];
  /** The first veto. */
  readonly veto?: string;
}

/** Asks every signal. */
export function readSignals(readers: readonly SignalReader[], input: SignalInput): Readings {
  const values = missing(readers.length + 1);
  const view = draftView(input.request, input.draft);
  let veto: string | undefined;
  for (let index = 0; index < readers.length; index++) {
    const finding = (readers[index] as SignalReader)(view, input);
    if (finding === undefined) continue;
    if (typeof finding === 'number') values[index] = finding;
    else {
      values[index] = finding.value;
      veto ??= finding.veto;
    }
  }
  return veto === undefined ? { values } : { values, veto };
}
