import type { ContentPart, Message, ReasoningPart, ToolCall } from '@cascadeflow/contract';
import { readFile } from '../spec/files.ts';
import type { PromptMessage } from '../spec/language-model.ts';

/** A prompt in the contract's form. Each message leads back to the prompt's own; several tool results share one. */
export interface TranslatedPrompt {
  readonly messages: readonly Message[];
  readonly origins: ReadonlyMap<Message, PromptMessage>;
  /** True when something in the prompt has no form in the contract. */
  readonly isPartial: boolean;
}

type UserPart = Extract<PromptMessage, { role: 'user' }>['content'][number];

/** What routers and judges see of a prompt. The models are given the original, so what is only named here is lost to nobody. */
export function fromPrompt(prompt: readonly PromptMessage[]): TranslatedPrompt {
  const origins = new Map<Message, PromptMessage>();
  const messages: Message[] = [];
  let isPartial = false;
  // Some vendors answer a lone system message; the engine wants somebody to have said something.
  const hasSpeaker = prompt.some((message) => message.role !== 'system');
  const add = (message: Message, original: PromptMessage) => {
    origins.set(message, original);
    messages.push(message);
  };
  for (const original of prompt) {
    if (original.role === 'system') add({ role: hasSpeaker ? 'system' : 'user', content: original.content }, original);
    else if (original.role === 'user') {
      add({ role: 'user', content: original.content.map(fromUserPart) }, original);
      isPartial ||= original.content.some((part) => part.type === 'file' && !isImage(part));
    } else if (original.role === 'assistant') add(fromAssistant(original), original);
    else for (const part of original.content) if (part.type === 'tool-result') add(fromToolResult(part), original);
  }
  return { messages, origins, isPartial };
}

function fromUserPart(part: UserPart): ContentPart {
  if (part.type === 'text') return { type: 'text', text: part.text };
  const { url, data } = isImage(part) ? readFile(part.data) : {};
  if (url !== undefined) return { type: 'image', url, mediaType: part.mediaType };
  return data === undefined ? { type: 'text', text: `[${part.mediaType}]` } : { type: 'image', data, mediaType: part.mediaType };
}

function isImage(part: UserPart): boolean {
  return part.type === 'file' && part.mediaType.startsWith('image');
}

function fromAssistant({ content }: Extract<PromptMessage, { role: 'assistant' }>): Message {
  let text = '';
  const toolCalls: ToolCall[] = [];
  const reasoning: ReasoningPart[] = [];
  for (const part of content) {
    if (part.type === 'text') text += part.text;
    else if (part.type === 'reasoning') reasoning.push({ text: part.text });
    else if (part.type === 'tool-call') {
      toolCalls.push({ id: part.toolCallId, name: part.toolName, arguments: typeof part.input === 'string' ? part.input : JSON.stringify(part.input ?? {}) });
    }
  }
  return { role: 'assistant', content: text, ...(toolCalls.length > 0 && { toolCalls }), ...(reasoning.length > 0 && { reasoning }) };
}

interface ToolResult {
  readonly toolCallId: string;
  readonly toolName: string;
  readonly output: unknown;
}

function fromToolResult({ toolCallId, toolName, output }: ToolResult): Message {
  const { type, value, reason } = output as { readonly type: string; readonly value?: unknown; readonly reason?: string };
  const content = typeof value === 'string' ? value : value === undefined ? (reason ?? '') : JSON.stringify(value);
  return { role: 'tool', toolCallId, toolName, content, ...((type.startsWith('error') || type === 'execution-denied') && { isError: true }) };
}
