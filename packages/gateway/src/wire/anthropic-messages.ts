import type { AssistantMessage, ContentPart, Message, ReasoningPart, TextPart, ToolCall } from '@cascadeflow/contract';
import type { CountBody } from './anthropic-schema.ts';

type WireMessage = CountBody['messages'][number];
type UserBlock = Exclude<Extract<WireMessage, { role: 'user' }>['content'], string>[number];
type AssistantBlock = Exclude<Extract<WireMessage, { role: 'assistant' }>['content'], string>[number];
type ToolResult = Extract<UserBlock, { type: 'tool_result' }>;
type PlainBlock = Exclude<UserBlock, ToolResult>;

/** Provider whose signature thinking carries: the models that may be given it back. */
const thinker = 'anthropic';

/** The conversation in the engine's terms: instructions first, tool results as messages of their own. */
export function fromAnthropicMessages({ system, messages }: CountBody): Message[] {
  const toolNames = new Map<string, string>();
  const conversation: Message[] = [];
  if (system !== undefined && system.length > 0) conversation.push({ role: 'system', content: typeof system === 'string' ? system : system.map(fromText) });
  for (const message of messages) {
    if (message.role === 'assistant') conversation.push(fromAssistant(message.content, toolNames));
    else conversation.push(...fromUser(message.content, toolNames));
  }
  return conversation;
}

function fromText({ text, cache_control: cacheControl }: Extract<PlainBlock, { type: 'text' }>): TextPart {
  return { type: 'text', text, ...(cacheControl && { cacheControl: { type: 'ephemeral', ...(cacheControl.ttl && { ttl: cacheControl.ttl }) } }) };
}

function fromBlock(block: PlainBlock): ContentPart {
  if (block.type === 'text') return fromText(block);
  const { source } = block;
  return source.type === 'url' ? { type: 'image', url: source.url } : { type: 'image', data: source.data, mediaType: source.media_type };
}

function fromUser(content: string | readonly UserBlock[], toolNames: ReadonlyMap<string, string>): Message[] {
  if (typeof content === 'string') return [{ role: 'user', content }];
  const said: ContentPart[] = [];
  const results: Message[] = [];
  for (const block of content) {
    if (block.type !== 'tool_result') said.push(fromBlock(block));
    else {
      results.push(fromResult(block, toolNames));
      // A tool's images have no place in a tool message; they follow as what the user shows.
      if (typeof block.content === 'object') said.push(...block.content.filter((part) => part.type === 'image').map(fromBlock));
    }
  }
  return said.length > 0 || results.length === 0 ? [...results, { role: 'user', content: said }] : results;
}

function fromResult(block: ToolResult, toolNames: ReadonlyMap<string, string>): Message {
  const { tool_use_id: toolCallId, content = '', is_error: isError, cache_control: cacheControl } = block;
  const toolName = toolNames.get(toolCallId);
  return {
    role: 'tool',
    toolCallId,
    content: typeof content === 'string' ? content : content.map((part) => (part.type === 'text' ? part.text : '')).join('\n').trim(),
    ...(toolName !== undefined && { toolName }),
    ...(isError && { isError }),
    ...(cacheControl && { cacheControl: { type: 'ephemeral', ...(cacheControl.ttl && { ttl: cacheControl.ttl }) } }),
  };
}

function fromAssistant(content: string | readonly AssistantBlock[], toolNames: Map<string, string>): AssistantMessage {
  if (typeof content === 'string') return { role: 'assistant', content };
  const toolCalls: ToolCall[] = [];
  const reasoning: ReasoningPart[] = [];
  let text = '';
  for (const block of content) {
    if (block.type === 'text') text += block.text;
    else if (block.type === 'thinking') reasoning.push({ text: block.thinking, signature: block.signature, provider: thinker });
    else if (block.type === 'redacted_thinking') reasoning.push({ text: '', redacted: block.data, provider: thinker });
    else {
      toolNames.set(block.id, block.name);
      toolCalls.push({ id: block.id, name: block.name, arguments: JSON.stringify(block.input) });
    }
  }
  return { role: 'assistant', content: text, ...(toolCalls.length > 0 && { toolCalls }), ...(reasoning.length > 0 && { reasoning }) };
}
