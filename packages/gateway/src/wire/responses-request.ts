import type { AssistantMessage, ContentPart, ImagePart, Message, ModelInfo, ReasoningEffort, ResponseFormat, ToolCall } from '@cascadeflow/contract';
import type { RunOptions } from '@cascadeflow/core';
import { type Asked, passOn } from './asked.ts';
import { defined, unknownFields } from './parse.ts';
import { type ResponsesBody, type ResponsesItem, type ResponsesPart, responsesSchema } from './responses-schema.ts';

const efforts: readonly ReasoningEffort[] = ['none', 'minimal', 'low', 'medium', 'high'];
const logprobsAsked = 'message.output_text.logprobs';

/** A request of the Responses API in the engine's terms. `models` are those that may answer. */
export function fromResponsesBody(body: ResponsesBody, models: readonly ModelInfo[]): Asked {
  const warnings: string[] = [];
  const messages = fromInput(body, warnings);
  const tools = body.tools?.length ? body.tools.map(({ name, description, parameters }) => defined({ name, description, parameters: parameters ?? { type: 'object', properties: {} } })) : undefined;
  const { tool_choice: choice, reasoning } = body;
  const wantsLogprobs = body.include?.includes(logprobsAsked) === true || body.top_logprobs !== undefined;
  const options = defined({
    temperature: body.temperature,
    topP: body.top_p,
    maxTokens: body.max_output_tokens,
    user: body.user,
    reasoningEffort: efforts.find((known) => known === reasoning?.effort),
    tools,
    toolChoice: tools && (typeof choice === 'object' ? { name: choice.name } : choice),
    parallelToolCalls: tools && body.parallel_tool_calls,
    responseFormat: body.text?.format && toFormat(body.text.format),
    topLogprobs: wantsLogprobs ? (body.top_logprobs ?? 0) : undefined,
  }) as RunOptions;
  warnOf(body, warnings);
  return { messages, options: { ...options, ...passOn(ownFields(body), 'openai', models, warnings) }, warnings };
}

/** Names what this gateway does not do, so that nothing is dropped in silence. */
function warnOf(body: ResponsesBody, warnings: string[]): void {
  if (body.store === true) warnings.push('store: the response is not kept and cannot be asked for later');
  for (const name of body.include ?? []) if (name !== logprobsAsked) warnings.push(`include: ${name} is not given`);
  if (body.truncation === 'auto') warnings.push('truncation: nothing is cut; a prompt that is too long is an error');
  if (body.reasoning?.effort !== undefined && !(efforts as readonly string[]).includes(body.reasoning.effort)) warnings.push(`reasoning.effort: ${body.reasoning.effort} is not passed on`);
}

/** Fields of the vendor's own: unknown ones, and tools that are strict, for which the engine has no word. */
function ownFields(body: ResponsesBody): { readonly [key: string]: unknown } {
  const fields = Object.fromEntries(unknownFields(body, responsesSchema).flatMap((key) => (body[key] === null || body[key] === undefined ? [] : [[key, body[key]]])));
  if (body.tools?.some((tool) => tool.strict === true)) fields['tools'] = body.tools.map(({ type, ...tool }) => ({ type, function: defined(tool) }));
  return fields;
}

function toFormat(format: NonNullable<NonNullable<ResponsesBody['text']>['format']>): ResponseFormat {
  if (format.type === 'text') return { type: 'text' };
  if (format.type === 'json_object') return { type: 'json' };
  const { name, schema, strict } = format;
  return { type: 'json-schema', name, schema, ...(strict !== undefined && { strict }) };
}

/** Items as messages. Calls join the assistant's message before them, as they do on other wires. */
function fromInput({ input, instructions }: ResponsesBody, warnings: string[]): Message[] {
  const messages: Message[] = instructions === undefined ? [] : [{ role: 'system', content: instructions }];
  if (typeof input === 'string') return [...messages, { role: 'user', content: input }];
  const toolNames = new Map<string, string>();
  input.forEach((item: ResponsesItem, index) => {
    if (isCall(item)) {
      toolNames.set(item.call_id, item.name);
      addCall(messages, { id: item.call_id, name: item.name, arguments: item.arguments });
    } else if (isOutput(item)) {
      const { call_id: toolCallId, output } = item;
      messages.push(defined({ role: 'tool' as const, toolCallId, toolName: toolNames.get(toolCallId), content: typeof output === 'string' ? output : output.map((part) => part.text).join('') }) as Message);
    } else if (isMessage(item)) messages.push(fromMessage(item));
    else warnings.push(`input[${index}]: reasoning is not passed on`);
  });
  return messages;
}

type Call = Extract<ResponsesItem, { type: 'function_call' }>;
type Output = Extract<ResponsesItem, { type: 'function_call_output' }>;
type WireMessage = Extract<ResponsesItem, { role: string }>;

function isCall(item: ResponsesItem): item is Call {
  return item.type === 'function_call';
}
function isOutput(item: ResponsesItem): item is Output {
  return item.type === 'function_call_output';
}
function isMessage(item: ResponsesItem): item is WireMessage {
  return 'role' in item;
}

function addCall(messages: Message[], call: ToolCall): void {
  const last = messages.at(-1);
  if (last?.role === 'assistant') messages[messages.length - 1] = { ...last, toolCalls: [...(last.toolCalls ?? []), call] };
  else messages.push({ role: 'assistant', content: '', toolCalls: [call] } satisfies AssistantMessage);
}

function fromMessage({ role, content }: WireMessage): Message {
  if (role === 'user') return { role, content: typeof content === 'string' ? content : content.map(fromPart) };
  const text = typeof content === 'string' ? content : content.map(textOf).join('');
  return role === 'assistant' ? { role, content: text } : { role: 'system', content: text };
}

function fromPart(part: ResponsesPart): ContentPart {
  if (part.type !== 'input_image') return { type: 'text', text: textOf(part) };
  return defined({ type: 'image' as const, url: part.image_url, detail: part.detail }) as ImagePart;
}

function textOf(part: ResponsesPart): string {
  return part.type === 'refusal' ? part.refusal : part.type === 'input_image' ? '' : part.text;
}
