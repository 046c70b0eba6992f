import { type ContentPart, type Message, toText, type ToolCall } from '@cascadeflow/contract';

/** A conversation for a connected model: the messages LangChain gave where there are any, else plain objects that LangChain reads as messages. */
export function toLangChainMessages(messages: readonly Message[], originals: ReadonlyMap<Message, unknown> | undefined): unknown[] {
  return messages.map((message) => originals?.get(message) ?? toPlain(message));
}

function toPlain(message: Message): object {
  if (message.role === 'tool') return { role: 'tool', content: message.content, tool_call_id: message.toolCallId, ...(message.toolName !== undefined && { name: message.toolName }) };
  if (message.role === 'assistant') return { role: 'assistant', content: message.content, tool_calls: (message.toolCalls ?? []).map(toCall) };
  if (message.role === 'system' || typeof message.content === 'string') return { role: message.role, content: toText(message) };
  return { role: 'user', content: message.content.map(toBlock) };
}

function toCall({ id, name, arguments: args }: ToolCall): object {
  return { type: 'function', id, function: { name, arguments: args } };
}

function toBlock(part: ContentPart): object {
  if (part.type === 'text') return { type: 'text', text: part.text };
  return { type: 'image_url', image_url: { url: part.url ?? `data:${part.mediaType ?? 'image/png'};base64,${part.data ?? ''}` } };
}
