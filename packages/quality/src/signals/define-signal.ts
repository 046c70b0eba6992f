import type { Signal, SignalFinding, SignalInput } from '@cascadeflow/contract';
import { draftView, type DraftView } from '../text/draft-view.ts';

/** What a signal says of a draft: a number, a number with a veto, or nothing. */
type Finding = number | SignalFinding | undefined;

/** Asks a signal about a draft whose view is at hand. */
export type SignalReader = (view: DraftView, input: SignalInput) => Finding;

/** Readers of the signals that want the view, so that it is looked up once for all of them. */
const readers = new WeakMap<Signal, SignalReader>();

/** How a signal is asked when the view of the draft is at hand. */
export function readerOf(signal: Signal): SignalReader {
  return readers.get(signal) ?? ((_view, input) => signal(input));
}

/** Makes a signal of a function, under a name that survives minifiers. The name appears in verdicts and is what weights refer to. */
export function defineSignal(name: string, read: (input: SignalInput) => Finding): Signal {
  return Object.defineProperty((input: SignalInput) => read(input), 'name', { value: name }) as Signal;
}

/** A signal that reads the shared view of the draft instead of its raw text. */
export function viewSignal(name: string, read: SignalReader): Signal {
  const signal = defineSignal(name, (input) => read(draftView(input.request, input.draft), input));
  readers.set(signal, read);
  return signal;
}
