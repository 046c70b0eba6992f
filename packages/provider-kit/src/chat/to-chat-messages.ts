import type { AssistantMessage, ImagePart, Message, SystemMessage, ToolMessage, UserMessage } from '@cascadeflow/contract';
import { toText } from '@cascadeflow/contract';
import { createToolIdMap } from '../tool-id.ts';
import type { ChatQuirks } from './quirks.ts';

/** A message of the Chat Completions wire. */
export interface ChatMessage {
  readonly role: 'system' | 'developer' | 'user' | 'assistant' | 'tool';
  readonly content?: string | null | readonly { readonly type: string; readonly [field: string]: unknown }[];
  readonly [field: string]: unknown;
}

/**
 * Translates a conversation, whoever wrote it. Thinking of earlier answers is left out: this wire has no place for it. `instruction` is put
 * after the application's own instructions.
 */
export function toChatMessages(
  messages: readonly Message[],
  quirks: ChatQuirks,
  warnings: string[],
  instruction?: string,
): readonly ChatMessage[] {
  const toolId = createToolIdMap(quirks.toolCallId);
  const wire: ChatMessage[] = [];
  for (const message of instruction === undefined ? messages : addInstruction(messages, instruction)) {
    switch (message.role) {
      case 'system':
        wire.push({ role: quirks.systemRole, content: toTextContent(message, quirks) });
        break;
      case 'user':
        wire.push({ role: 'user', content: toUserContent(message, quirks, warnings) });
        break;
      case 'assistant':
        wire.push(toAssistant(message, toolId));
        break;
      case 'tool':
        wire.push({ role: 'tool', tool_call_id: toolId(message.toolCallId), content: toToolContent(message) });
        break;
    }
  }
  return quirks.mergeRoles || quirks.systemRole === 'user' ? mergeRoles(wire) : wire;
}

/** Adds a sentence to the application's instructions, or makes them where there are none. */
export function addInstruction(messages: readonly Message[], instruction: string): readonly Message[] {
  const at = messages.findLastIndex((message) => message.role === 'system');
  const last = messages[at];
  if (!last) return [{ role: 'system', content: instruction }, ...messages];
  return messages.with(at, { role: 'system', content: `${toText(last)}\n\n${instruction}` });
}

function toTextContent(message: SystemMessage, quirks: ChatQuirks): ChatMessage['content'] & {} {
  if (typeof message.content === 'string') return message.content;
  if (!quirks.cacheControl || !message.content.some((part) => part.cacheControl)) return toText(message);
  return message.content.map(({ text, cacheControl }) => ({ type: 'text', text, ...(cacheControl && { cache_control: cacheControl }) }));
}

function toUserContent(message: UserMessage, quirks: ChatQuirks, warnings: string[]): ChatMessage['content'] & {} {
  if (typeof message.content === 'string') return message.content;
  const parts = message.content.filter((part) => part.type === 'text' || quirks.images);
  if (parts.length < message.content.length) warnings.push('images are left out: the model reads none');
  if (!parts.some((part) => part.type === 'image' || (quirks.cacheControl && part.cacheControl))) {
    return parts.map((part) => (part.type === 'text' ? part.text : '')).join('');
  }
  return parts.map((part) => {
    if (part.type === 'image') return { type: 'image_url', image_url: { url: toImageUrl(part), ...(part.detail && { detail: part.detail }) } };
    return { type: 'text', text: part.text, ...(quirks.cacheControl && part.cacheControl && { cache_control: part.cacheControl }) };
  });
}

/** The address of an image, or its bytes as a `data:` URL. */
export function toImageUrl(image: ImagePart): string {
  return image.url ?? `data:${image.mediaType ?? 'image/png'};base64,${image.data ?? ''}`;
}

function toAssistant(message: AssistantMessage, toolId: (id: string) => string): ChatMessage {
  if (!message.toolCalls?.length) return { role: 'assistant', content: message.content };
  return {
    role: 'assistant',
    content: message.content === '' ? null : message.content,
    tool_calls: message.toolCalls.map((call) => ({
      id: toolId(call.id),
      type: 'function',
      function: { name: call.name, arguments: call.arguments === '' ? '{}' : call.arguments },
    })),
  };
}

/** This wire has no field for failure; the model is told in words. */
function toToolContent(message: ToolMessage): string {
  return message.isError ? `Error: ${message.content}` : message.content;
}

/** Joins neighbours of one role; messages with tool calls stay alone. */
function mergeRoles(wire: readonly ChatMessage[]): readonly ChatMessage[] {
  const merged: ChatMessage[] = [];
  for (const message of wire) {
    const last = merged.at(-1);
    const joins = last?.role === message.role && message.role !== 'tool' && !last['tool_calls'] && !message['tool_calls'];
    if (!joins) merged.push(message);
    else if (typeof last.content === 'string' && typeof message.content === 'string') {
      merged[merged.length - 1] = { ...last, content: `${last.content}\n\n${message.content}` };
    } else merged[merged.length - 1] = { ...last, content: [...toParts(last.content), ...toParts(message.content)] };
  }
  return merged;
}

function toParts(content: ChatMessage['content']): readonly { readonly type: string }[] {
  return typeof content === 'string' ? [{ type: 'text', text: content } as { type: string }] : (content ?? []);
}
