import type { Draft, ModelRequest, ToolDefinition } from '@cascadeflow/contract';
import { checkCall, readArguments, type ReadCall, type ToolCallProblem } from './check-call.ts';
import { readGrounding, type Grounding } from './grounding.ts';
import { readRelevance } from './relevance.ts';

/** Everything that can be said about the tool calls of a draft, or about their absence. */
export interface ToolCallReading {
  /** Calls in the draft. */
  readonly calls: number;
  /** Faults that make a call impossible to run. */
  readonly problems: readonly ToolCallProblem[];
  /** Why the calls, or their absence, can never be accepted: the first fault, a forbidden call, a demanded call that is missing. */
  readonly veto?: string;
  readonly grounding?: Grounding;
  /** Fit of the called tools to what the user asks, or of the best tool on offer when none was called, 0 to 1. */
  readonly relevance: number;
  /** Calls that repeat another call of the same draft. */
  readonly repeated: number;
}

/** The tools a draft may call: those on offer, unless the caller forbade calls. */
function offered(request: ModelRequest): readonly ToolDefinition[] {
  return request.toolChoice === 'none' ? [] : (request.tools ?? []);
}

/** Judges the tool calls of a draft. `undefined` when no tools were on offer and none was called: the draft is text and judged as text. */
export function readToolCalls(request: ModelRequest, draft: Draft): ToolCallReading | undefined {
  const tools = offered(request);
  const { toolCalls } = draft;
  if (tools.length === 0 && toolCalls.length === 0) return undefined;
  if (toolCalls.length === 0) {
    const veto = missingCall(request);
    return { calls: 0, problems: [], relevance: readRelevance(request, tools).best, repeated: 0, ...(veto !== undefined && { veto }) };
  }
  const problems = tools.length === 0 ? [] : toolCalls.flatMap((call) => checkCall(call, tools));
  const veto = forbiddenCall(request, draft) ?? (problems[0] && `the call of ${problems[0].tool} cannot be run: ${problems[0].message}`);
  const read: ReadCall[] = [];
  for (const call of toolCalls) {
    const tool = tools.find((candidate) => candidate.name === call.name);
    const values = readArguments(call);
    if (tool && values) read.push({ tool, arguments: values });
  }
  const called = tools.filter((tool) => toolCalls.some((call) => call.name === tool.name));
  return {
    calls: toolCalls.length,
    problems,
    relevance: readRelevance(request, called).best,
    repeated: toolCalls.length - new Set(toolCalls.map((call) => `${call.name} ${call.arguments}`)).size,
    ...(read.length > 0 && { grounding: readGrounding(read, request) }),
    ...(veto !== undefined && { veto }),
  };
}

function missingCall(request: ModelRequest): string | undefined {
  const choice = request.toolChoice;
  if (choice === 'required') return 'a tool call is demanded and the draft has none';
  if (typeof choice === 'object') return `a call of ${choice.name} is demanded and the draft has none`;
  return undefined;
}

function forbiddenCall(request: ModelRequest, draft: Draft): string | undefined {
  const choice = request.toolChoice;
  if (choice === 'none') return 'tool calls are forbidden here and the draft makes one';
  if ((request.tools?.length ?? 0) === 0) return 'no tools are on offer and the draft calls one';
  if (request.parallelToolCalls === false && draft.toolCalls.length > 1) return 'one call at a time is asked for and the draft makes several';
  if (typeof choice === 'object' && draft.toolCalls.some((call) => call.name !== choice.name)) return `only ${choice.name} may be called`;
  return undefined;
}
