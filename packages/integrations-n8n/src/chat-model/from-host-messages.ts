import type { ContentPart, Message, ToolCall } from '@cascadeflow/contract';
import type { Message as HostMessage, MessageContent } from '@n8n/ai-node-sdk';

/** What router and judge see of a conversation. */
export function fromHostMessages(messages: readonly HostMessage[]): Message[] {
  // Some workflows send a lone system message; the engine wants somebody to have said something.
  const isLone = messages.every((message) => message.role === 'system');
  return messages.map((message) => (isLone ? { role: 'user', content: textOf(message) } : fromHostMessage(message)));
}

function fromHostMessage(message: HostMessage): Message {
  if (message.role === 'system') return { role: 'system', content: textOf(message) };
  if (message.role === 'tool') return fromToolResult(message);
  if (message.role === 'assistant') {
    const toolCalls = message.content.flatMap(toToolCall);
    return { role: 'assistant', content: textOf(message), ...(toolCalls.length > 0 && { toolCalls }) };
  }
  const hasFiles = message.content.some((part) => part.type === 'file');
  return { role: 'user', content: hasFiles ? message.content.flatMap(toPart) : textOf(message) };
}

function fromToolResult(message: HostMessage): Message {
  const result = message.content.find((part) => part.type === 'tool-result');
  if (!result) return { role: 'tool', toolCallId: message.name ?? 'unknown', content: textOf(message) };
  const content = typeof result.result === 'string' ? result.result : JSON.stringify(result.result);
  return { role: 'tool', toolCallId: result.toolCallId || message.name || 'unknown', content, ...(message.name !== undefined && { toolName: message.name }), ...(result.isError === true && { isError: true }) };
}

function toToolCall(part: MessageContent, index: number): ToolCall[] {
  if (part.type === 'tool-call') return [{ id: part.toolCallId ?? `call_${index}`, name: part.toolName, arguments: part.input }];
  if (part.type === 'invalid-tool-call') return [{ id: part.toolCallId ?? `call_${index}`, name: part.name ?? 'unknown', arguments: part.args ?? '' }];
  return [];
}

function toPart(part: MessageContent): ContentPart[] {
  if (part.type === 'text') return [{ type: 'text', text: part.text }];
  if (part.type !== 'file') return [];
  const mediaType = part.mediaType ?? 'application/octet-stream';
  const url = part.providerMetadata?.url;
  if (!mediaType.startsWith('image/') && url === undefined) return [{ type: 'text', text: `[${mediaType}]` }];
  if (url !== undefined) return [{ type: 'image', url }];
  return typeof part.data === 'string' ? [{ type: 'image', data: part.data, mediaType }] : [{ type: 'text', text: `[${mediaType}]` }];
}

function textOf({ content }: HostMessage): string {
  return content.map((part) => (part.type === 'text' ? part.text : '')).join('');
}
