/** Marks where a vendor's prompt cache may end; vendors without explicit caching ignore it. */
export interface CacheControl {
  readonly type: 'ephemeral';
  /** Lifetime asked for, where the vendor offers a choice. */
  readonly ttl?: '5m' | '1h';
}

/** A piece of text in a message. */
export interface TextPart {
  readonly type: 'text';
  readonly text: string;
  readonly cacheControl?: CacheControl;
}

/** An image in a user message: a URL the vendor fetches, or the bytes themselves. cascadeflow never fetches it. */
export interface ImagePart {
  readonly type: 'image';
  /** `https:` address or `data:` URL. Exactly one of `url` and `data` is given. */
  readonly url?: string;
  /** Base64 of the image's bytes; `mediaType` is then required. */
  readonly data?: string;
  readonly mediaType?: string;
  readonly detail?: 'auto' | 'low' | 'high';
}

/** What a user message may be made of. */
export type ContentPart = TextPart | ImagePart;

/** A model's thinking, kept so that the same vendor can be given it back. Other vendors never see it. */
export interface ReasoningPart {
  readonly text: string;
  /** The vendor's proof that the text is its own. */
  readonly signature?: string;
  /** Opaque thinking that the vendor encrypted. */
  readonly redacted?: string;
  /** Provider id whose model wrote it. */
  readonly provider?: string;
}

/** A call of a tool that a model asks for. */
export interface ToolCall {
  readonly id: string;
  readonly name: string;
  /** The arguments as the model wrote them: JSON text, not yet parsed or checked. */
  readonly arguments: string;
}

/** Who wrote an assistant message. */
export interface Provenance {
  readonly provider: string;
  readonly model: string;
  readonly tier: number;
  readonly runId?: string;
}

/** Instructions of the application. */
export interface SystemMessage {
  readonly role: 'system';
  readonly content: string | readonly TextPart[];
}

/** What the user said. */
export interface UserMessage {
  readonly role: 'user';
  readonly content: string | readonly ContentPart[];
}

/** What a model said. */
export interface AssistantMessage {
  readonly role: 'assistant';
  readonly content: string;
  readonly toolCalls?: readonly ToolCall[];
  readonly reasoning?: readonly ReasoningPart[];
  readonly provenance?: Provenance;
}

/** What a tool returned. */
export interface ToolMessage {
  readonly role: 'tool';
  readonly toolCallId: string;
  readonly toolName?: string;
  readonly content: string;
  readonly isError?: boolean;
  readonly cacheControl?: CacheControl;
}

/** One message of a conversation. */
export type Message = SystemMessage | UserMessage | AssistantMessage | ToolMessage;

/** The text of a message, its parts joined, images left out. */
export function toText(message: Message): string {
  if (typeof message.content === 'string') return message.content;
  let text = '';
  for (const part of message.content) if (part.type === 'text') text += part.text;
  return text;
}

/** The text of the last user message, or `''` when there is none. */
export function lastUserText(messages: readonly Message[]): string {
  for (let index = messages.length - 1; index >= 0; index--) {
    const message = messages[index];
    if (message?.role === 'user') return toText(message);
  }
  return '';
}
