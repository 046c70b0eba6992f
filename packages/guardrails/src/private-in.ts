import type { ContentPart, Message } from '@cascadeflow/contract';
import { findPrivate, type PrivateKind, redactPrivate } from './detect-private.ts';

/** Kinds of private things in a conversation, tool calls and tool results included. */
export function privateIn(messages: readonly Message[], kinds: readonly PrivateKind[]): ReadonlySet<PrivateKind> {
  const found = new Set<PrivateKind>();
  mapTexts(messages, (text) => {
    for (const { kind } of findPrivate(text, kinds)) found.add(kind);
    return text;
  });
  return found;
}

/** A conversation with everything private replaced by its kind. Images are left as they are. */
export function redactMessages(messages: readonly Message[], kinds: readonly PrivateKind[]): readonly Message[] {
  return mapTexts(messages, (text) => redactPrivate(text, kinds));
}

function mapTexts(messages: readonly Message[], map: (text: string) => string): readonly Message[] {
  return messages.map((message): Message => {
    if (message.role === 'assistant') {
      const { toolCalls } = message;
      return { ...message, content: map(message.content), ...(toolCalls && { toolCalls: toolCalls.map((call) => ({ ...call, arguments: map(call.arguments) })) }) };
    }
    if (typeof message.content === 'string') return { ...message, content: map(message.content) } as Message;
    const parts = (message.content as readonly ContentPart[]).map((part) => (part.type === 'text' ? { ...part, text: map(part.text) } : part));
    return { ...message, content: parts } as Message;
  });
}
