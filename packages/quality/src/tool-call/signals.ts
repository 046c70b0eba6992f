import type { Draft, ModelRequest, Signal } from '@cascadeflow/contract';
import { defineSignal } from '../signals/define-signal.ts';
import { readToolCalls, type ToolCallReading } from './read-tool-calls.ts';

const readings = new WeakMap<Draft, { readonly request: ModelRequest; readonly reading: ToolCallReading | undefined }>();

/** The reading of a draft's calls, made once for all signals. */
function readingOf(request: ModelRequest, draft: Draft): ToolCallReading | undefined {
  if (draft.toolCalls.length === 0 && !request.tools?.length) return undefined;
  let known = readings.get(draft);
  if (known?.request !== request) {
    known = { request, reading: readToolCalls(request, draft) };
    readings.set(draft, known);
  }
  return known.reading;
}

/** Number of faults in the draft's tool calls; any fault, a forbidden call and a demanded call that is missing are vetoes. */
export const toolCallFaults: Signal = defineSignal('tool-call-faults', ({ request, draft }) => {
  const reading = readingOf(request, draft);
  if (!reading) return undefined;
  const value = reading.problems.length;
  return reading.veto === undefined ? value : { value: Math.max(1, value), veto: reading.veto };
});

/** Share of the calls' values that the conversation mentions, 0 to 1. */
export const toolCallGrounding: Signal = defineSignal('tool-call-grounding', ({ request, draft }) => readingOf(request, draft)?.grounding?.share);

/** Number of values that look like an id or an address and that nobody mentioned. */
export const toolCallUnmentioned: Signal = defineSignal('tool-call-unmentioned', ({ request, draft }) => readingOf(request, draft)?.grounding?.unmentioned.length);

/** Fit of the called tools to the request, 0 to 1; only where there are calls. */
export const toolCallRelevance: Signal = defineSignal('tool-call-relevance', ({ request, draft }) => {
  const reading = readingOf(request, draft);
  return reading && reading.calls > 0 ? reading.relevance : undefined;
});

/** Fit of the best tool on offer to a request that was answered in text, 0 to 1: high when a call seems to be missing. */
export const toolCallMissing: Signal = defineSignal('tool-call-missing', ({ request, draft }) => {
  const reading = readingOf(request, draft);
  return reading && reading.calls === 0 ? reading.relevance : undefined;
});

/** Calls that repeat another call of the same draft. */
export const toolCallRepeated: Signal = defineSignal('tool-call-repeated', ({ request, draft }) => {
  const reading = readingOf(request, draft);
  return reading && reading.calls > 1 ? reading.repeated : undefined;
});

/** The tool-call signals, for the judge's table. */
export const toolCallSignals: readonly Signal[] = [toolCallFaults, toolCallGrounding, toolCallUnmentioned, toolCallRelevance, toolCallMissing, toolCallRepeated];
