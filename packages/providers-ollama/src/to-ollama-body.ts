import type { AssistantMessage, Message, ModelRequest, ReasoningEffort, UserMessage } from '@cascadeflow/contract';
import { toText } from '@cascadeflow/contract';
import { toArgumentsObject, type WireBody } from '@cascadeflow/provider-kit';

/** Settings of the server that go with every request. */
export interface OllamaSettings {
  /** How long the model stays in memory after the call: `10m`, seconds, or -1 for ever. */
  readonly keepAlive?: string | number;
  /** Tokens of prompt and answer together; Ollama cuts longer prompts silently at its own default. */
  readonly contextLength?: number;
}

const efforts: { readonly [effort in Exclude<ReasoningEffort, 'none'>]: string } = { minimal: 'low', low: 'low', medium: 'medium', high: 'high' };

/** Translates a request for Ollama's `/api/chat`. */
export function toOllamaBody(model: string, request: ModelRequest, settings: OllamaSettings, stream: boolean): WireBody {
  const warnings: string[] = [];
  const options: Record<string, unknown> = {};
  const body: Record<string, unknown> = { model, messages: toOllamaMessages(request.messages, warnings), stream, options };
  if (settings.keepAlive !== undefined) body['keep_alive'] = settings.keepAlive;
  if (settings.contextLength !== undefined) options['num_ctx'] = settings.contextLength;
  if (request.maxTokens !== undefined) options['num_predict'] = request.maxTokens;
  if (request.temperature !== undefined) options['temperature'] = request.temperature;
  if (request.topP !== undefined) options['top_p'] = request.topP;
  if (request.stop?.length) options['stop'] = request.stop;
  if (request.seed !== undefined) options['seed'] = request.seed;
  if (request.topLogprobs !== undefined) {
    body['logprobs'] = true;
    if (request.topLogprobs > 0) body['top_logprobs'] = Math.min(request.topLogprobs, 20);
  }
  const effort = request.reasoningEffort;
  // Only gpt-oss takes a level; the other thinking models take yes or no.
  if (effort !== undefined) body['think'] = effort === 'none' ? false : /gpt-oss/.test(model) ? efforts[effort] : true;
  const format = request.responseFormat;
  if (format?.type === 'json') body['format'] = 'json';
  if (format?.type === 'json-schema') body['format'] = format.schema;
  addTools(body, request, warnings);
  const { options: extraOptions, ...extra } = request.extra ?? {};
  return { body: { ...body, ...extra, options: { ...options, ...(extraOptions as object | undefined) } }, warnings };
}

function addTools(body: Record<string, unknown>, request: ModelRequest, warnings: string[]): void {
  if (!request.tools?.length || request.toolChoice === 'none') return;
  body['tools'] = request.tools.map(({ name, description, parameters }) => ({ type: 'function', function: { name, description: description ?? '', parameters } }));
  if (request.toolChoice === 'required' || typeof request.toolChoice === 'object') {
    warnings.push('toolChoice is not sent: the server cannot make a model call a tool');
  }
  if (request.parallelToolCalls !== undefined) warnings.push('parallelToolCalls is not sent: the server takes no such field');
}

function toOllamaMessages(messages: readonly Message[], warnings: string[]): unknown[] {
  const toolNames = new Map<string, string>();
  return messages.map((message) => {
    switch (message.role) {
      case 'system':
        return { role: 'system', content: toText(message) };
      case 'user':
        return toUserMessage(message, warnings);
      case 'assistant':
        for (const call of message.toolCalls ?? []) toolNames.set(call.id, call.name);
        return toAssistantMessage(message, warnings);
      case 'tool':
        return {
          role: 'tool',
          tool_name: message.toolName ?? toolNames.get(message.toolCallId) ?? message.toolCallId,
          content: message.isError ? `Error: ${message.content}` : message.content,
        };
    }
  });
}

function toUserMessage(message: UserMessage, warnings: string[]): unknown {
  if (typeof message.content === 'string') return { role: 'user', content: message.content };
  const images: string[] = [];
  for (const part of message.content) {
    if (part.type !== 'image') continue;
    const inline = part.data ?? /^data:[^,]{1,200};base64,/.exec(part.url?.slice(0, 300) ?? '')?.[0];
    if (part.data !== undefined) images.push(part.data);
    else if (inline !== undefined) images.push(part.url?.slice(inline.length) ?? '');
    else warnings.push('an image is left out: the server takes bytes, not addresses');
  }
  return { role: 'user', content: toText(message), ...(images.length > 0 && { images }) };
}

function toAssistantMessage(message: AssistantMessage, warnings: string[]): unknown {
  if (!message.toolCalls?.length) return { role: 'assistant', content: message.content };
  return {
    role: 'assistant',
    content: message.content,
    tool_calls: message.toolCalls.map((call) => ({ function: { name: call.name, arguments: toArgumentsObject(call.arguments, warnings) } })),
  };
}
