import type { CascadeResult } from '@cascadeflow/contract';
import type { ChildCall, RunContext } from '../child/run-context.ts';
import { raisePart } from '../spec/files.ts';
import type { SpecVersion } from '../spec/language-model.ts';
import { toSpecFinish, toSpecUsage } from '../spec/usage.ts';
import { toDecision } from './decision.ts';

/** The answer of `doGenerate`: the chosen model's own, with the tokens of all calls and the decision added. */
export function toResult(result: CascadeResult, context: RunContext, version: SpecVersion): unknown {
  const call = chosenCall(result, context);
  const whole = call?.whole;
  return {
    ...whole,
    content: call && whole ? whole.content.map((part) => raisePart(part, call.version, version)) : plainContent(result),
    finishReason: toSpecFinish(result.finishReason, version),
    usage: toSpecUsage(result.usage, version),
    providerMetadata: { ...whole?.providerMetadata, cascadeflow: toDecision(result) },
    warnings: whole?.warnings ?? [],
    response: { modelId: result.modelUsed, ...whole?.response },
  };
}

/** The call whose answer was taken. Calls that only judge are made outside the caller's context and not counted there. */
function chosenCall(result: CascadeResult, context: RunContext): ChildCall | undefined {
  const chosen = result.attempts.findLast((attempt) => attempt.chosen);
  if (!chosen) return undefined;
  const place = result.attempts.filter((other) => other.model === chosen.model && other.role !== 'judge' && other.attempt < chosen.attempt).length;
  return context.calls.get(chosen.model)?.[place];
}

function plainContent(result: CascadeResult): unknown[] {
  const calls = result.toolCalls.map(({ id, name, arguments: input }) => ({ type: 'tool-call', toolCallId: id, toolName: name, input }));
  return result.content === '' ? calls : [{ type: 'text', text: result.content }, ...calls];
}
