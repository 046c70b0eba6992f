import { lastUserText, type Assessment, type Domain, type ModelRequest } from '@cascadeflow/contract';
import { domainProbability } from '../plan/domain-probability.ts';

/** Whether a tool is likely needed to answer. */
export interface ToolNeed {
  readonly needed: boolean;
  /** 0 to 1. */
  readonly probability: number;
  readonly reason: string;
}

/** A turn after a tool's answer mostly goes on to text; half of the agent steps in recorded loops do. */
const afterResult = 0.5;
/** From an even chance on a tool counts as needed. */
const bar = 0.5;

/** Says whether a request is likely to need a tool: by the caller's choice, by the turn it follows, and by how much it asks for an action. */
export function assessToolNeed(request: ModelRequest, domain: Assessment<Domain>): ToolNeed {
  const answer = (probability: number, reason: string): ToolNeed => ({ needed: probability >= bar, probability, reason });
  if ((request.tools?.length ?? 0) === 0) return answer(0, 'no tools are on offer');
  if (request.toolChoice === 'none') return answer(0, 'tool calls are forbidden');
  if (request.toolChoice === 'required' || typeof request.toolChoice === 'object') return answer(1, 'a tool call is demanded');
  if (request.messages.at(-1)?.role === 'tool') return answer(afterResult, 'a tool has just answered');
  const probability = domainProbability(domain, 'tool');
  return answer(probability, lastUserText(request.messages) === '' ? 'there is no user turn' : `the turn asks for an action with probability ${probability.toFixed(2)}`);
}
