import type { ContentPart, ImagePart, Message, ReasoningPart, TextPart, ToolCall } from '@cascadeflow/contract';
import { AIMessage, type BaseMessage, ToolMessage } from '@langchain/core/messages';

/** A conversation in the contract's form, each message with the LangChain message it stands for. */
export interface TranslatedMessages {
  readonly messages: readonly Message[];
  readonly origins: ReadonlyMap<Message, BaseMessage>;
  /** True when something in the originals has no form in the contract. */
  readonly isPartial: boolean;
}

/** A block of LangChain content, read loosely: vendors have shapes of their own. */
interface Block {
  readonly type?: string;
  readonly text?: string;
  readonly image_url?: string | { readonly url?: string; readonly detail?: ImagePart['detail'] };
  readonly url?: string;
  readonly data?: unknown;
  readonly source_type?: string;
  readonly mimeType?: string;
  readonly mime_type?: string;
  readonly source?: { readonly type?: string; readonly data?: string; readonly url?: string; readonly media_type?: string };
  readonly thinking?: string;
  readonly reasoning?: string;
  readonly signature?: string;
}

/**
 * What routers and judges see of a conversation. The models are given the originals, so what has no form in the contract, such as audio or
 * files, is named in brackets here and lost to nobody.
 */
export function fromMessages(originals: readonly BaseMessage[]): TranslatedMessages {
  const origins = new Map<Message, BaseMessage>();
  // Some vendors answer a lone system message; the engine wants somebody to have said something.
  const hasSpeaker = originals.some((message) => !isSystem(message));
  const messages = originals.map((original) => {
    const message: Message = isSystem(original) && !hasSpeaker ? { role: 'user', content: textOf(original) } : fromMessage(original);
    origins.set(message, original);
    return message;
  });
  return { messages, origins, isPartial: originals.some(hasForeignBlock) };
}

function fromMessage(message: BaseMessage): Message {
  if (isSystem(message)) return { role: 'system', content: textOf(message) };
  if (AIMessage.isInstance(message)) return fromAi(message);
  if (ToolMessage.isInstance(message)) {
    return {
      role: 'tool',
      toolCallId: message.tool_call_id || message.name || 'unknown',
      content: textOf(message),
      ...(message.name !== undefined && { toolName: message.name }),
      ...(message.status === 'error' && { isError: true }),
    };
  }
  if (message.type === 'function') return { role: 'tool', toolCallId: message.name ?? 'function', content: textOf(message) };
  return { role: 'user', content: typeof message.content === 'string' ? message.content : (message.content as readonly Block[]).map(fromBlock) };
}

/** Blocks that are named rather than translated. */
function hasForeignBlock({ type, content }: BaseMessage): boolean {
  if (typeof content === 'string' || type === 'ai') return false;
  return (content as readonly (Block | string)[]).some((block) => typeof block !== 'string' && block.type !== 'text' && !(type === 'human' && fromImage(block)));
}

function isSystem(message: BaseMessage): boolean {
  return message.type === 'system' || message.type === 'developer';
}

function fromAi(message: AIMessage): Message {
  const toolCalls: ToolCall[] = [
    ...(message.tool_calls ?? []).map((call, index) => ({ id: call.id ?? `call_${index}`, name: call.name, arguments: JSON.stringify(call.args) })),
    ...(message.invalid_tool_calls ?? []).map((call, index) => ({ id: call.id ?? `invalid_${index}`, name: call.name ?? 'unknown', arguments: call.args ?? '' })),
  ];
  const reasoning = readReasoning(message);
  return { role: 'assistant', content: textOf(message), ...(toolCalls.length > 0 && { toolCalls }), ...(reasoning.length > 0 && { reasoning }) };
}

function fromBlock(block: Block): ContentPart {
  if (typeof block === 'string') return { type: 'text', text: block };
  if (block.type === 'text') return { type: 'text', text: block.text ?? '' };
  return fromImage(block) ?? { type: 'text', text: `[${block.type ?? 'content'}]` };
}

function fromImage(block: Block): ImagePart | undefined {
  if (block.type === 'image_url') {
    const { url, detail } = typeof block.image_url === 'string' ? { url: block.image_url, detail: undefined } : (block.image_url ?? {});
    return url === undefined ? undefined : { type: 'image', url, ...(detail && { detail }) };
  }
  if (block.type !== 'image') return undefined;
  const url = block.url ?? block.source?.url;
  if (url !== undefined) return { type: 'image', url };
  const data = typeof block.data === 'string' ? block.data : block.source?.data;
  const mediaType = block.mimeType ?? block.mime_type ?? block.source?.media_type ?? 'image/png';
  return data === undefined ? undefined : { type: 'image', data, mediaType };
}

/** The text of a message, its blocks joined, everything else left out. */
export function textOf(message: BaseMessage): string {
  const { content } = message;
  if (typeof content === 'string') return content;
  let text = '';
  for (const block of content as readonly (Block | string)[]) {
    if (typeof block === 'string') text += block;
    else if ((block.type === 'text' || block.type === 'output_text') && block.text !== undefined) text += block.text;
  }
  return text;
}

/** The visible thinking of a message, wherever its vendor's package leaves it. */
export function readReasoning(message: AIMessage): ReasoningPart[] {
  const provider = providerOf(message);
  const from = (text: string, signature?: string): ReasoningPart => ({ text, ...(signature !== undefined && { signature }), ...(provider !== undefined && { provider }) });
  const told = message.additional_kwargs['reasoning_content'];
  const parts = typeof told === 'string' && told !== '' ? [from(told)] : [];
  if (typeof message.content === 'string') return parts;
  for (const block of message.content as readonly Block[]) {
    const text = block.type === 'thinking' ? block.thinking : block.type === 'reasoning' ? block.reasoning : undefined;
    if (text !== undefined || block.signature !== undefined) parts.push(from(text ?? '', block.signature));
  }
  return parts;
}

/** The provider whose model wrote a message, where LangChain says so. */
export function providerOf(message: BaseMessage): string | undefined {
  const told = (message.response_metadata as { readonly [key: string]: unknown } | undefined)?.['model_provider'];
  return typeof told === 'string' ? told : undefined;
}

/** The texts of a system or user message as one. */
export function joinParts(content: string | readonly (TextPart | ImagePart)[]): string {
  return typeof content === 'string' ? content : content.map((part) => (part.type === 'text' ? part.text : '')).join('');
}
