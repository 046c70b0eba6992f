import type { ContentPart, Message, TextPart } from '@cascadeflow/contract';
import { lowerPrompt } from '../spec/files.ts';
import type { PromptMessage, SpecVersion } from '../spec/language-model.ts';

/** The prompt for one language model: the caller's own messages where there are any, translated ones elsewhere. */
export function toPrompt(messages: readonly Message[], origins: ReadonlyMap<Message, PromptMessage> | undefined, from: SpecVersion, to: SpecVersion, provider: string): PromptMessage[] {
  const prompt: PromptMessage[] = [];
  for (const message of messages) {
    const original = origins?.get(message);
    if (!original) prompt.push(toPromptMessage(message));
    // The results of one tool message follow one another.
    else if (prompt.at(-1) !== original) prompt.push(original);
  }
  return lowerPrompt(prompt.map((message) => withoutForeignThoughts(message, provider)), from, to);
}

/** Another vendor's thinking means nothing to this one; some refuse it. */
function withoutForeignThoughts(message: PromptMessage, provider: string): PromptMessage {
  if (message.role !== 'assistant' || !message.content.some((part) => part.type === 'reasoning')) return message;
  const vendor = provider.split('.')[0] as string;
  const isOwn = (options: object | undefined) => !options || Object.keys(options).length === 0 || vendor in options;
  return { ...message, content: message.content.filter((part) => part.type !== 'reasoning' || isOwn(part.providerOptions)) };
}

function toPromptMessage(message: Message): PromptMessage {
  if (message.role === 'system') return { role: 'system', content: joinTexts(message.content) };
  if (message.role === 'user') {
    const parts: readonly ContentPart[] = typeof message.content === 'string' ? [{ type: 'text', text: message.content }] : message.content;
    return { role: 'user', content: parts.map(toUserPart) } as PromptMessage;
  }
  if (message.role === 'tool') {
    const output = { type: message.isError ? 'error-text' : 'text', value: message.content } as const;
    return { role: 'tool', content: [{ type: 'tool-result', toolCallId: message.toolCallId, toolName: message.toolName ?? '', output }] };
  }
  const calls = (message.toolCalls ?? []).map(({ id, name, arguments: input }) => ({ type: 'tool-call' as const, toolCallId: id, toolName: name, input: parse(input) }));
  return { role: 'assistant', content: [...(message.content === '' ? [] : [{ type: 'text' as const, text: message.content }]), ...calls] };
}

function toUserPart(part: ContentPart): unknown {
  if (part.type === 'text') return { type: 'text', text: part.text };
  const mediaType = part.mediaType ?? 'image/*';
  return { type: 'file', mediaType, data: part.url === undefined ? { type: 'data', data: part.data } : { type: 'url', url: new URL(part.url) } };
}

function joinTexts(content: string | readonly TextPart[]): string {
  return typeof content === 'string' ? content : content.map((part) => part.text).join('');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text === '' ? '{}' : text);
  } catch {
    return text;
  }
}
