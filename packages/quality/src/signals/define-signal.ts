import type { Signal, SignalFinding, SignalInput } from '@cascadeflow/contract';
import { draftView, type DraftView } from '../text/draft-view.ts';

/** Makes a signal of a function, under a name that survives minifiers. The name appears in verdicts and is what weights refer to. */
export function defineSignal(name: string, read: (input: SignalInput) => number | SignalFinding | undefined): Signal {
  return Object.defineProperty((input: SignalInput) => read(input), 'name', { value: name }) as Signal;
}

/** Where the view of the draft travels with the input, so that it is looked up once and not by every signal. */
const viewKey = Symbol('view');

interface Viewed extends SignalInput {
  readonly [viewKey]?: DraftView;
}

/** The input with the view of its draft. */
export function withView(input: SignalInput): SignalInput {
  const viewed: Viewed = { ...input, [viewKey]: draftView(input.request, input.draft) };
  return viewed;
}

/** A signal that reads the shared view of the draft instead of its raw text. */
export function viewSignal(name: string, read: (view: DraftView, input: SignalInput) => number | SignalFinding | undefined): Signal {
  return defineSignal(name, (input: Viewed) => read(input[viewKey] ?? draftView(input.request, input.draft), input));
}
