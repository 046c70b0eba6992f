import type { AssistantMessage, CacheControl, ImagePart, Message, ModelRequest, ToolMessage, UserMessage } from '@cascadeflow/contract';
import { toText } from '@cascadeflow/contract';
import { toArgumentsObject } from '@cascadeflow/provider-kit';
import { type AiSdkModel, vendorOf } from './language-model.ts';

/** A request in the AI SDK's call options, and what was changed on the way. */
export interface CallOptionsAndWarnings {
  readonly options: Record<string, unknown>;
  readonly warnings: readonly string[];
}

/** Translates a request for a language model of the AI SDK. `extra` goes to `providerOptions` of the model's vendor. */
export function toCallOptions(model: AiSdkModel, providerId: string, request: ModelRequest, abortSignal: AbortSignal): CallOptionsAndWarnings {
  const warnings: string[] = [];
  const vendor = vendorOf(model);
  const vendorOptions: Record<string, unknown> = {};
  const options: Record<string, unknown> = {
    prompt: toPrompt(request.messages, { model, vendor, providerId }, warnings),
    abortSignal,
    includeRawChunks: false,
  };
  const set = (name: string, value: unknown) => {
    if (value !== undefined) options[name] = value;
  };
  set('maxOutputTokens', request.maxTokens);
  set('temperature', request.temperature);
  set('topP', request.topP);
  set('stopSequences', request.stop?.length ? [...request.stop] : undefined);
  set('seed', request.seed);
  addTools(options, request);
  const format = request.responseFormat;
  if (format?.type === 'json') options['responseFormat'] = { type: 'json' };
  if (format?.type === 'json-schema') options['responseFormat'] = { type: 'json', schema: format.schema, ...(format.name !== undefined && { name: format.name }) };
  if (request.reasoningEffort !== undefined) {
    if (model.specificationVersion === 'v4') options['reasoning'] = request.reasoningEffort;
    else vendorOptions['reasoningEffort'] = request.reasoningEffort;
  }
  // Vendors' packages that know log probabilities and parallel calls know them by OpenAI's names.
  if (vendor === 'openai' || vendor === 'azure') {
    if (request.topLogprobs !== undefined) vendorOptions['logprobs'] = request.topLogprobs > 0 ? request.topLogprobs : true;
    if (request.parallelToolCalls !== undefined) vendorOptions['parallelToolCalls'] = request.parallelToolCalls;
    if (request.user !== undefined) vendorOptions['user'] = request.user;
  }
  Object.assign(vendorOptions, request.extra);
  if (Object.keys(vendorOptions).length > 0) options['providerOptions'] = { [vendor]: vendorOptions };
  return { options, warnings };
}

function addTools(options: Record<string, unknown>, request: ModelRequest): void {
  if (!request.tools?.length) return;
  options['tools'] = request.tools.map(({ name, description, parameters }) => ({
    type: 'function',
    name,
    ...(description !== undefined && { description }),
    inputSchema: parameters,
  }));
  const choice = request.toolChoice;
  if (choice !== undefined) options['toolChoice'] = typeof choice === 'string' ? { type: choice } : { type: 'tool', toolName: choice.name };
}

interface Target {
  readonly model: AiSdkModel;
  readonly vendor: string;
  readonly providerId: string;
}

function toPrompt(messages: readonly Message[], target: Target, warnings: string[]): unknown[] {
  const toolNames = new Map<string, string>();
  const prompt: { role: string; content: unknown }[] = [];
  for (const message of messages) {
    if (message.role === 'system') prompt.push({ role: 'system', content: toText(message) });
    else if (message.role === 'user') prompt.push({ role: 'user', content: toUserParts(message, target) });
    else if (message.role === 'assistant') {
      for (const call of message.toolCalls ?? []) toolNames.set(call.id, call.name);
      prompt.push({ role: 'assistant', content: toAssistantParts(message, target, warnings) });
    } else {
      const result = toToolResult(message, toolNames.get(message.toolCallId), target);
      const last = prompt.at(-1);
      if (last?.role === 'tool') (last.content as unknown[]).push(result);
      else prompt.push({ role: 'tool', content: [result] });
    }
  }
  return prompt;
}

function toUserParts(message: UserMessage, target: Target): unknown[] {
  if (typeof message.content === 'string') return [{ type: 'text', text: message.content }];
  return message.content.map((part) =>
    part.type === 'text' ? { type: 'text', text: part.text, ...cacheOptions(part.cacheControl, target) } : toFilePart(part, target.model),
  );
}

/** Version 4 tells bytes and addresses apart; the earlier ones take base64 or a `URL`. */
function toFilePart(image: ImagePart, model: AiSdkModel): unknown {
  const inline = /^data:([^;,]{1,100});base64,/.exec(image.url?.slice(0, 200) ?? '');
  const data = image.data ?? (inline ? image.url?.slice(inline[0].length) : undefined);
  const mediaType = image.mediaType ?? inline?.[1] ?? 'image/*';
  const isTagged = model.specificationVersion === 'v4';
  if (data !== undefined) return { type: 'file', mediaType, data: isTagged ? { type: 'data', data } : data };
  const url = new URL(image.url ?? '');
  return { type: 'file', mediaType, data: isTagged ? { type: 'url', url } : url };
}

function toAssistantParts(message: AssistantMessage, { vendor, providerId }: Target, warnings: string[]): unknown[] {
  const parts: unknown[] = [];
  for (const part of message.reasoning ?? []) {
    if (part.provider !== providerId || (part.signature === undefined && part.redacted === undefined)) continue;
    const proof = part.redacted === undefined ? { signature: part.signature } : { redactedData: part.redacted };
    parts.push({ type: 'reasoning', text: part.text, providerOptions: { [vendor]: proof } });
  }
  if (message.content !== '') parts.push({ type: 'text', text: message.content });
  for (const call of message.toolCalls ?? []) {
    parts.push({ type: 'tool-call', toolCallId: call.id, toolName: call.name, input: toArgumentsObject(call.arguments, warnings) });
  }
  return parts;
}

function toToolResult(message: ToolMessage, name: string | undefined, target: Target): unknown {
  return {
    type: 'tool-result',
    toolCallId: message.toolCallId,
    toolName: message.toolName ?? name ?? 'unknown',
    output: { type: message.isError ? 'error-text' : 'text', value: message.content },
    ...cacheOptions(message.cacheControl, target),
  };
}

function cacheOptions(cacheControl: CacheControl | undefined, { vendor }: Target): object {
  return cacheControl && vendor === 'anthropic' ? { providerOptions: { anthropic: { cacheControl } } } : {};
}
