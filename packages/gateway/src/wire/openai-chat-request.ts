import type { ModelInfo, ReasoningEffort, ResponseFormat, ToolDefinition } from '@cascadeflow/contract';
import type { RunOptions } from '@cascadeflow/core';
import { type Asked, passOn } from './asked.ts';
import { fromChatMessages } from './openai-chat-messages.ts';
import { type ChatBody, chatSchema } from './openai-chat-schema.ts';
import { defined, unknownFields } from './parse.ts';

const efforts: readonly ReasoningEffort[] = ['none', 'minimal', 'low', 'medium', 'high'];

/** A request of Chat Completions in the engine's terms. `models` are those that may answer. */
export function fromChatBody(body: ChatBody, models: readonly ModelInfo[]): Asked {
  const warnings: string[] = [];
  const messages = fromChatMessages(body.messages, warnings);
  const effort = efforts.find((known) => known === body.reasoning_effort);
  const stop = typeof body.stop === 'string' ? [body.stop] : body.stop;
  const tools = body.tools?.length ? body.tools.map(({ function: tool }) => toDefinition(tool)) : undefined;
  const options = defined({
    temperature: body.temperature,
    topP: body.top_p,
    maxTokens: body.max_completion_tokens ?? body.max_tokens,
    stop: stop?.length ? stop : undefined,
    seed: body.seed,
    user: body.user,
    reasoningEffort: effort,
    tools,
    toolChoice: tools && toToolChoice(body.tool_choice),
    parallelToolCalls: tools && body.parallel_tool_calls,
    responseFormat: body.response_format && toResponseFormat(body.response_format),
    topLogprobs: body.logprobs ? (body.top_logprobs ?? 0) : undefined,
  }) as RunOptions;
  return { messages, options: { ...options, ...passOn(ownFields(body), 'openai', models, warnings) }, warnings };
}

/** Fields of the vendor's own: unknown ones, and known ones that say more than the engine has words for. */
function ownFields(body: ChatBody): { readonly [key: string]: unknown } {
  const fields = Object.fromEntries(unknownFields(body, chatSchema).flatMap((key) => (body[key] === null || body[key] === undefined ? [] : [[key, body[key]]])));
  const { reasoning_effort: effort, tools, metadata } = body;
  if (effort !== undefined && !(efforts as readonly string[]).includes(effort)) fields['reasoning_effort'] = effort;
  if (tools?.some((tool) => tool.function.strict === true)) fields['tools'] = tools;
  if (metadata && body['store'] === true) fields['metadata'] = metadata;
  return fields;
}

function toDefinition(tool: NonNullable<ChatBody['tools']>[number]['function']): ToolDefinition {
  const { name, description, parameters } = tool;
  return { name, ...(description !== undefined && { description }), parameters: parameters ?? { type: 'object', properties: {} } };
}

function toToolChoice(choice: ChatBody['tool_choice']): RunOptions['toolChoice'] | undefined {
  return typeof choice === 'object' ? { name: choice.function.name } : choice;
}

function toResponseFormat(format: NonNullable<ChatBody['response_format']>): ResponseFormat {
  if (format.type === 'text') return { type: 'text' };
  if (format.type === 'json_object') return { type: 'json' };
  const { name, schema, strict } = format.json_schema;
  return { type: 'json-schema', name, schema, ...(strict !== undefined && { strict }) };
}
