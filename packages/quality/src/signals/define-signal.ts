import type { Signal, SignalFinding, SignalInput } from '@cascadeflow/contract';
import { draftView, type DraftView } from '../text/draft-view.ts';

/** Makes a signal of a function, under a name that survives minifiers. The name appears in verdicts and is what weights refer to. */
export function defineSignal(name: string, read: (input: SignalInput) => number | SignalFinding | undefined): Signal {
  const signal = (input: SignalInput) => read(input);
  return Object.defineProperty(signal, 'name', { value: name }) as Signal;
}

/** A signal that reads the shared view of the draft instead of its raw text. */
export function viewSignal(name: string, read: (view: DraftView, input: SignalInput) => number | SignalFinding | undefined): Signal {
  return defineSignal(name, (input) => read(draftView(input.request, input.draft), input));
}
