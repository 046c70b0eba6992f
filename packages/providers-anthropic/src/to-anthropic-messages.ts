import type { AssistantMessage, CacheControl, ImagePart, Message, UserMessage } from '@cascadeflow/contract';
import { toText } from '@cascadeflow/contract';
import { createToolIdMap, toArgumentsObject } from '@cascadeflow/provider-kit';

/** A content block of the Messages wire. */
export interface Block {
  readonly type: string;
  readonly [field: string]: unknown;
}

/** A message of the Messages wire. */
export interface WireMessage {
  readonly role: 'user' | 'assistant';
  readonly content: string | readonly Block[];
}

/** A conversation in the form of the Messages wire. */
export interface WireConversation {
  readonly system?: string | readonly Block[];
  readonly messages: readonly WireMessage[];
}

const toolIdRule = { pattern: /^[a-zA-Z0-9_-]{1,64}$/, length: 24 };

/**
 * Translates a conversation: instructions to the top, neighbours of one role joined, tool results at the front of the user's turn.
 * Thinking is given back only when this provider signed it; other vendors' thinking is left out.
 */
export function toAnthropicMessages(messages: readonly Message[], provider: string, keepThinking: boolean, warnings: string[]): WireConversation {
  const toolId = createToolIdMap(toolIdRule);
  const turns: { role: 'user' | 'assistant'; blocks: Block[] }[] = [];
  const system: Block[] = [];
  const add = (role: 'user' | 'assistant', blocks: readonly Block[]) => {
    const last = turns.at(-1);
    if (last?.role === role) last.blocks.push(...blocks);
    else turns.push({ role, blocks: [...blocks] });
  };
  for (const message of messages) {
    if (message.role === 'system') {
      const parts = typeof message.content === 'string' ? [{ type: 'text' as const, text: message.content }] : message.content;
      for (const { text, cacheControl } of parts) if (text !== '') system.push(textBlock(text, cacheControl));
    } else if (message.role === 'user') add('user', toUserBlocks(message));
    else if (message.role === 'assistant') add('assistant', toAssistantBlocks(message, provider, keepThinking, toolId, warnings));
    else {
      const { toolCallId, content, isError, cacheControl } = message;
      add('user', [{ type: 'tool_result', tool_use_id: toolId(toolCallId), content, ...(isError && { is_error: true }), ...cache(cacheControl) }]);
    }
  }
  const wire = turns.filter(({ blocks }) => blocks.length > 0).map(({ role, blocks }) => ({ role, content: simplify(toolResultsFirst(blocks)) }));
  if (wire[0]?.role === 'assistant') {
    wire.unshift({ role: 'user', content: '(The conversation begins with your message.)' });
    warnings.push('a user message is put before the first: the conversation must begin with one');
  }
  return { ...(system.length > 0 && { system: simplify(system) }), messages: wire };
}

/** A lone block of plain text is sent as a string; several texts without cache marks are joined. */
function simplify(blocks: readonly Block[]): string | readonly Block[] {
  if (!blocks.every((block) => block.type === 'text' && !block['cache_control'])) return blocks;
  return blocks.map((block) => block['text']).join('\n\n');
}

function toolResultsFirst(blocks: readonly Block[]): readonly Block[] {
  if (!blocks.some((block) => block.type === 'tool_result')) return blocks;
  return [...blocks.filter((block) => block.type === 'tool_result'), ...blocks.filter((block) => block.type !== 'tool_result')];
}

function textBlock(text: string, cacheControl?: CacheControl): Block {
  return { type: 'text', text, ...cache(cacheControl) };
}

function cache(cacheControl: CacheControl | undefined): { cache_control?: CacheControl } {
  return cacheControl ? { cache_control: cacheControl } : {};
}

function toUserBlocks(message: UserMessage): Block[] {
  if (typeof message.content === 'string') return message.content === '' ? [] : [textBlock(message.content)];
  return message.content.flatMap((part) => {
    if (part.type === 'image') return [{ type: 'image', source: toImageSource(part) }];
    return part.text === '' ? [] : [textBlock(part.text, part.cacheControl)];
  });
}

function toImageSource(image: ImagePart): unknown {
  const inline = /^data:([^;,]{1,100});base64,/.exec(image.url?.slice(0, 200) ?? '');
  if (inline) return { type: 'base64', media_type: inline[1], data: image.url?.slice(inline[0].length) };
  if (image.url !== undefined) return { type: 'url', url: image.url };
  return { type: 'base64', media_type: image.mediaType ?? 'image/png', data: image.data ?? '' };
}

function toAssistantBlocks(
  message: AssistantMessage,
  provider: string,
  keepThinking: boolean,
  toolId: (id: string) => string,
  warnings: string[],
): Block[] {
  const blocks: Block[] = [];
  for (const part of keepThinking ? (message.reasoning ?? []) : []) {
    if (part.provider !== provider) continue;
    if (part.redacted !== undefined) blocks.push({ type: 'redacted_thinking', data: part.redacted });
    else if (part.signature !== undefined) blocks.push({ type: 'thinking', thinking: part.text, signature: part.signature });
  }
  const text = toText(message);
  if (text !== '') blocks.push(textBlock(text));
  for (const call of message.toolCalls ?? []) {
    blocks.push({ type: 'tool_use', id: toolId(call.id), name: call.name, input: toArgumentsObject(call.arguments, warnings) });
  }
  return blocks;
}
