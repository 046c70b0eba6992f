export { checkCall } from './check-call.ts';
export { readRelevance } from './relevance.ts';
export { readToolCalls } from './read-tool-calls.ts';
export { toolCallFaults, toolCallGrounding, toolCallMissing, toolCallRelevance, toolCallSignals } from './signals.ts';
