import type { ModelInfo, ReasoningEffort, ToolDefinition } from '@cascadeflow/contract';
import type { RunOptions } from '@cascadeflow/core';
import { fromAnthropicMessages } from './anthropic-messages.ts';
import { type MessagesBody, messagesSchema } from './anthropic-schema.ts';
import { type Asked, passOn } from './asked.ts';
import { defined, unknownFields } from './parse.ts';

const efforts: readonly ReasoningEffort[] = ['none', 'minimal', 'low', 'medium', 'high'];

/** A request of the Messages API in the engine's terms. `models` are those that may answer. */
export function fromMessagesBody(body: MessagesBody, models: readonly ModelInfo[]): Asked {
  const warnings: string[] = [];
  const tools = body.tools?.length ? body.tools.map(toDefinition) : undefined;
  const format = body.output_config?.format;
  const options = defined({
    maxTokens: body.max_tokens,
    temperature: body.temperature,
    topP: body.top_p,
    stop: body.stop_sequences?.length ? body.stop_sequences : undefined,
    user: body.metadata?.user_id ?? undefined,
    tools,
    toolChoice: tools && toToolChoice(body.tool_choice),
    parallelToolCalls: tools && isSingle(body.tool_choice) ? false : undefined,
    responseFormat: format ? { type: 'json-schema' as const, schema: format.schema } : undefined,
  }) as RunOptions;
  return { messages: fromAnthropicMessages(body), options: { ...options, ...thinkingOf(body, models, warnings) }, warnings };
}

/** The vendor's own fields as they are where Claude alone answers; for other models the effort that comes nearest. */
function thinkingOf(body: MessagesBody, models: readonly ModelInfo[], warnings: string[]): Pick<RunOptions, 'extra' | 'reasoningEffort'> {
  const fields = Object.fromEntries(unknownFields(body, messagesSchema).map((key) => [key, body[key]]));
  const { thinking, output_config: output } = body;
  const onlyClaude = models.every((model) => model.provider === 'anthropic');
  if (onlyClaude) return passOn({ ...fields, ...(thinking && { thinking }), ...(output?.effort !== undefined && { output_config: output }) }, 'anthropic', models, warnings);
  const own = passOn(fields, 'anthropic', models, warnings);
  const effort = efforts.find((known) => known === output?.effort);
  if (thinking?.type === 'disabled') return { ...own, reasoningEffort: 'none' };
  if (effort) return { ...own, reasoningEffort: effort };
  // A budget of tokens has no equal elsewhere; that thinking is wanted is kept.
  return thinking ? { ...own, reasoningEffort: 'medium' } : own;
}

function toDefinition(tool: NonNullable<MessagesBody['tools']>[number]): ToolDefinition {
  return { name: tool.name, ...(tool.description !== undefined && { description: tool.description }), parameters: tool.input_schema };
}

function isSingle(choice: MessagesBody['tool_choice']): boolean {
  return choice !== undefined && choice.type !== 'none' && choice.disable_parallel_tool_use === true;
}

function toToolChoice(choice: MessagesBody['tool_choice']): RunOptions['toolChoice'] | undefined {
  if (choice?.type === 'tool') return { name: choice.name };
  return choice?.type === 'any' ? 'required' : choice?.type;
}
