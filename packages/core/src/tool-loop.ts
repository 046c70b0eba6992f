import type { Message, ToolCall, ToolMessage } from '@cascadeflow/contract';
import type { Answer } from './cascade.ts';
import type { Run } from './run.ts';
import { toMessage } from './steps/close-result.ts';
import type { AnyTool } from './tool.ts';

/** Turns of a tool loop unless the run says otherwise. Chosen by hand: above what the usual agent tasks take. */
export const defaultMaxSteps = 8;

/** Tools of one turn that run at the same time. Chosen by hand. */
const parallelTools = 8;

/**
 * Runs the tools an answer calls and returns the conversation with their results, or `undefined` when the run is over: no calls, or calls
 * that the caller is to run.
 */
export async function runTools(run: Run, answer: Answer, messages: readonly Message[]): Promise<readonly Message[] | undefined> {
  const calls = answer.attempt.toolCalls;
  const tools = new Map(run.opened.tools.map((tool) => [tool.name, tool]));
  if (calls.length === 0 || !calls.every((call) => isOurs(call, tools))) return undefined;
  const maxSteps = run.opened.options.maxSteps ?? defaultMaxSteps;
  if (answer.walk.step + 1 >= maxSteps) {
    run.warn(`the tool loop was ended after ${maxSteps} turns (maxSteps); the calls of the last turn were not run`);
    return undefined;
  }
  const results: ToolMessage[] = [];
  for (let start = 0; start < calls.length; start += parallelTools) {
    const batch = calls.slice(start, start + parallelTools).map((call) => runOne(run, answer, call, tools.get(call.name)));
    results.push(...(await run.untilStopped(Promise.all(batch))));
  }
  return [...messages, toMessage(run, answer.attempt), ...results];
}

/** True for tools with code, and for tools nobody has: the model is then told so. */
function isOurs(call: ToolCall, tools: ReadonlyMap<string, AnyTool>): boolean {
  const tool = tools.get(call.name);
  return tool === undefined ? [...tools.values()].some((other) => other.execute) : tool.execute !== undefined;
}

async function runOne(run: Run, answer: Answer, call: ToolCall, tool: AnyTool | undefined): Promise<ToolMessage> {
  const { clock } = run.settings;
  const startedAt = clock.now();
  run.emit({ type: 'tool-start', step: answer.walk.step, call });
  const { content, isError } = await execute(run, answer, call, tool);
  if (!run.stopped) {
    run.emit({ type: 'tool-end', step: answer.walk.step, toolCallId: call.id, toolName: call.name, content, isError, latencyMs: clock.now() - startedAt });
  }
  return { role: 'tool', toolCallId: call.id, toolName: call.name, content, ...(isError && { isError }) };
}

async function execute(run: Run, answer: Answer, call: ToolCall, tool: AnyTool | undefined): Promise<{ content: string; isError: boolean }> {
  if (!tool?.execute) return told(`there is no tool named ${call.name}; there are ${run.opened.tools.map((known) => known.name).join(', ')}`);
  const read = await readArguments(run, call, tool);
  if ('flaw' in read) return told(read.flaw);
  if (!(await mayRun(run, answer, call, tool))) return told(`${call.name} was not approved`);
  try {
    const context = { signal: run.signal(), toolCallId: call.id, runId: run.id };
    const value: unknown = await tool.execute(read.value as never, context);
    return { content: typeof value === 'string' ? value : (JSON.stringify(value) ?? ''), isError: false };
  } catch (error) {
    return told(`${call.name} failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** A destructive or spending call needs a verifier's hand or the caller's word. */
async function mayRun(run: Run, answer: Answer, call: ToolCall, tool: AnyTool): Promise<boolean> {
  const risk = run.settings.toolRisk(tool);
  if (risk === 'read' || risk === 'write' || answer.attempt.role === 'verifier') return true;
  const approved = (await run.opened.options.onApproval?.({ call, risk, model: answer.attempt.model, runId: run.id })) === true;
  if (!approved) run.emit({ type: 'policy-apply', policy: 'approval', model: answer.attempt.model, reason: `${call.name} is ${risk} and was not approved` });
  return approved;
}

async function readArguments(run: Run, call: ToolCall, tool: AnyTool): Promise<{ value: unknown } | { flaw: string }> {
  let value: unknown;
  try {
    value = JSON.parse(call.arguments === '' ? '{}' : call.arguments);
  } catch {
    return { flaw: `the arguments of ${call.name} are not JSON` };
  }
  if (tool.schema) {
    const checked = await tool.schema['~standard'].validate(value);
    if (!checked.issues) return { value: checked.value };
    return { flaw: `the arguments of ${call.name} are wrong: ${checked.issues.map((issue) => issue.message).join('; ')}` };
  }
  const problems = run.settings.validate(tool.parameters, value);
  if (problems.length === 0) return { value };
  return { flaw: `the arguments of ${call.name} are wrong: ${problems.map((problem) => `${problem.path} ${problem.message}`).join('; ')}` };
}

function told(content: string): { content: string; isError: boolean } {
  return { content, isError: true };
}

/** How often the same call, or the same tool error, must come before the conversation counts as stalled. */
const stallAfter = 3;

/** Says why a conversation is going round in circles, or `undefined`. */
export function stallOf(messages: readonly Message[]): string | undefined {
  const counts = new Map<string, number>();
  for (const message of messages) {
    const keys =
      message.role === 'assistant' ? (message.toolCalls ?? []).map((call) => `the same call of ${call.name}\n${call.arguments}`)
      : message.role === 'tool' && message.isError ? [`the same tool error\n${message.content}`]
      : message.role === 'user' ? (counts.clear(), [])
      : [];
    for (const key of keys) {
      const count = (counts.get(key) ?? 0) + 1;
      if (count >= stallAfter) return `${key.slice(0, key.indexOf('\n'))} came ${count} times`;
      counts.set(key, count);
    }
  }
  return undefined;
}
