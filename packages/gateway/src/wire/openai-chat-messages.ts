import type { AssistantMessage, ContentPart, ImagePart, Message, TextPart } from '@cascadeflow/contract';
import type { z } from 'zod';
import type { ChatMessageBody } from './openai-chat-schema.ts';
import { assistantMessage, systemMessage, type texts, toolMessage, userMessage } from './openai-chat-schema.ts';
import { defined, unknownFields } from './parse.ts';

const schemas = { system: systemMessage, developer: systemMessage, user: userMessage, assistant: assistantMessage, tool: toolMessage };

/** Fields that vendors add to their answers and that clients send back; they say nothing that a model reads. */
const harmless = new Set(['annotations', 'audio', 'function_call']);

/** The conversation in the engine's terms; fields without a place there are named in `warnings`. */
export function fromChatMessages(wire: readonly ChatMessageBody[], warnings: string[]): Message[] {
  const toolNames = new Map<string, string>();
  return wire.map((message, index) => {
    const strangers = unknownFields(message, schemas[message.role]).filter((key) => !(harmless.has(key) && (message as { [key: string]: unknown })[key] == null));
    const isNamed = 'name' in message && message.name !== undefined;
    for (const key of isNamed ? [...strangers, 'name'] : strangers) warnings.push(`messages[${index}].${key} is not passed on`);
    switch (message.role) {
      case 'system':
      case 'developer':
        return { role: 'system', content: fromTexts(message.content) };
      case 'user':
        return { role: 'user', content: typeof message.content === 'string' ? message.content : message.content.map(fromPart) };
      case 'assistant':
        return fromAssistant(message, toolNames);
      case 'tool': {
        const toolName = toolNames.get(message.tool_call_id);
        const content = fromTexts(message.content);
        return defined({ role: 'tool' as const, toolCallId: message.tool_call_id, toolName, content: typeof content === 'string' ? content : content.map((part) => part.text).join('') }) as Message;
      }
    }
  });
}

type Texts = z.output<typeof texts>;
type Part = Exclude<z.output<typeof userMessage>['content'], string>[number];

function fromTexts(content: Texts): string | TextPart[] {
  return typeof content === 'string' ? content : content.map(fromText);
}

function fromText({ text, cache_control: cacheControl }: Exclude<Texts, string>[number]): TextPart {
  return { type: 'text', text, ...(cacheControl && { cacheControl: defined(cacheControl) as NonNullable<TextPart['cacheControl']> }) };
}

function fromPart(part: Part): ContentPart {
  if (part.type === 'text') return fromText(part);
  const { url, detail } = part.image_url;
  return defined({ type: 'image' as const, url, detail }) as ImagePart;
}

function fromAssistant(message: z.output<typeof assistantMessage>, toolNames: Map<string, string>): AssistantMessage {
  const { content, refusal, tool_calls: calls } = message;
  const text = typeof content === 'string' ? content : (content ?? []).map((part) => (part.type === 'text' ? part.text : part.refusal)).join('');
  for (const call of calls ?? []) toolNames.set(call.id, call.function.name);
  return {
    role: 'assistant',
    content: text === '' ? (refusal ?? '') : text,
    ...(calls?.length && { toolCalls: calls.map((call) => ({ id: call.id, name: call.function.name, arguments: call.function.arguments })) }),
  };
}
