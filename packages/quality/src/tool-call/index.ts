export type { ReadCall, ToolCallFault, ToolCallProblem } from './check-call.ts';
export { checkCall, readArguments } from './check-call.ts';
export type { Grounding } from './grounding.ts';
export { readGrounding } from './grounding.ts';
export type { Relevance } from './relevance.ts';
export { readRelevance } from './relevance.ts';
export type { ToolCallReading } from './read-tool-calls.ts';
export { readToolCalls } from './read-tool-calls.ts';
export { toolCallFaults, toolCallGrounding, toolCallMissing, toolCallRelevance, toolCallRepeated, toolCallSignals, toolCallUnmentioned } from './signals.ts';
