import type { ContentPart, Message, ToolCall } from '@cascadeflow/contract';
import { AIMessage, type BaseMessage, HumanMessage, type MessageContent, SystemMessage, ToolMessage } from '@langchain/core/messages';
import { joinParts, providerOf, textOf } from './from-messages.ts';

/**
 * A conversation for one chat model: the caller's own messages where there are any, translated ones elsewhere. An answer that another
 * vendor's model wrote is reduced to its text and tool calls, because its thinking and signatures mean nothing to this one.
 */
export function toMessages(messages: readonly Message[], origins: ReadonlyMap<Message, BaseMessage> | undefined, provider: string): BaseMessage[] {
  return messages.map((message) => {
    const original = origins?.get(message);
    return original ? adapt(original, provider) : toMessage(message, provider);
  });
}

function adapt(message: BaseMessage, provider: string): BaseMessage {
  if (!AIMessage.isInstance(message)) return message;
  const author = providerOf(message);
  if (author === undefined || author === provider) return message;
  return new AIMessage({
    content: textOf(message),
    ...(message.id !== undefined && { id: message.id }),
    ...(message.name !== undefined && { name: message.name }),
    ...(message.tool_calls && { tool_calls: message.tool_calls }),
    ...(message.invalid_tool_calls && { invalid_tool_calls: message.invalid_tool_calls }),
  });
}

function toMessage(message: Message, provider: string): BaseMessage {
  if (message.role === 'system') return new SystemMessage(joinParts(message.content));
  if (message.role === 'user') return new HumanMessage({ content: typeof message.content === 'string' ? message.content : message.content.map(toBlock) as MessageContent });
  if (message.role === 'tool') {
    return new ToolMessage({
      content: message.content,
      tool_call_id: message.toolCallId,
      ...(message.toolName !== undefined && { name: message.toolName }),
      ...(message.isError && { status: 'error' as const }),
    });
  }
  const thoughts = (message.reasoning ?? []).filter((part) => part.provider === provider && part.signature !== undefined);
  const { valid, invalid } = splitCalls(message.toolCalls ?? []);
  const text = message.content;
  return new AIMessage({
    content: thoughts.length === 0 ? text : [...thoughts.map(({ text: thinking, signature }) => ({ type: 'thinking', thinking, signature })), ...(text === '' ? [] : [{ type: 'text', text }])] as MessageContent,
    ...(valid.length > 0 && { tool_calls: valid }),
    ...(invalid.length > 0 && { invalid_tool_calls: invalid }),
  });
}

function toBlock(part: ContentPart): { readonly [key: string]: unknown } {
  if (part.type === 'text') return { type: 'text', text: part.text, ...(part.cacheControl && { cache_control: part.cacheControl }) };
  const url = part.url ?? `data:${part.mediaType ?? 'image/png'};base64,${part.data ?? ''}`;
  return { type: 'image_url', image_url: { url, ...(part.detail && { detail: part.detail }) } };
}

/** Calls whose arguments are a JSON object, and the others, in LangChain's two forms. */
export function splitCalls(calls: readonly ToolCall[]) {
  const valid: { type: 'tool_call'; id: string; name: string; args: { [key: string]: unknown } }[] = [];
  const invalid: { type: 'invalid_tool_call'; id: string; name: string; args: string; error: string }[] = [];
  for (const { id, name, arguments: text } of calls) {
    const args = parseObject(text);
    if (args) valid.push({ type: 'tool_call', id, name, args });
    else invalid.push({ type: 'invalid_tool_call', id, name, args: text, error: 'the arguments are not a JSON object' });
  }
  return { valid, invalid };
}

function parseObject(text: string): { [key: string]: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text === '' ? '{}' : text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as { [key: string]: unknown }) : undefined;
  } catch {
    return undefined;
  }
}
