import type { AssistantMessage, ModelRequest } from '@cascadeflow/contract';
import { type ChatMessage, type ChatQuirks, type JsonRecord, toChatBody, type WireBody } from '@cascadeflow/provider-kit';

/** Separates the id of a piece of thinking from its encrypted text in a signature. */
const signatureMark = ':';

/** Joins id and encrypted text of a reasoning item, so that it can be given back. */
export function toSignature(id: string, encrypted: string): string {
  return id + signatureMark + encrypted;
}

/** Translates a request for the Responses API: what a model takes is decided as for Chat Completions, then written in the names of this wire. */
export function toResponsesBody(model: string, provider: string, request: ModelRequest, quirks: ChatQuirks, stream: boolean): WireBody {
  const { extra, ...plain } = request;
  const chat = toChatBody(model, plain, { ...quirks, stop: 0, seed: false, streamUsage: false }, stream);
  const { messages, max_tokens, max_completion_tokens, reasoning_effort, response_format, tools, tool_choice, logprobs, ...same } = chat.body;
  const maxTokens = max_completion_tokens ?? max_tokens;
  const reasons = quirks.reasoningEffort !== false;
  const include = [...(reasons ? ['reasoning.encrypted_content'] : []), ...(logprobs ? ['message.output_text.logprobs'] : [])];
  const assistants = request.messages.filter((message) => message.role === 'assistant');
  return {
    body: {
      ...same,
      input: toInput(messages as readonly ChatMessage[], assistants, provider),
      store: false,
      ...(maxTokens !== undefined && { max_output_tokens: maxTokens }),
      ...(reasons && reasoning_effort !== undefined && { reasoning: { effort: reasoning_effort, ...(reasoning_effort !== 'none' && { summary: 'auto' }) } }),
      ...(response_format !== undefined && { text: { format: toFormat(response_format as JsonRecord) } }),
      ...(tools !== undefined && { tools: (tools as readonly JsonRecord[]).map((tool) => ({ type: 'function', strict: false, ...(tool['function'] as object) })) }),
      ...(tool_choice !== undefined && { tool_choice: toToolChoice(tool_choice) }),
      ...(include.length > 0 && { include }),
      ...extra,
    },
    warnings: chat.warnings,
  };
}

function toInput(messages: readonly ChatMessage[], assistants: readonly AssistantMessage[], provider: string): JsonRecord[] {
  let seen = 0;
  return messages.flatMap((message) => {
    if (message.role === 'tool') return [{ type: 'function_call_output', call_id: message['tool_call_id'], output: message.content ?? '' }];
    if (message.role !== 'assistant') return [{ role: message.role, content: toContent(message.content) }];
    return [...toReasoning(assistants[seen++], provider), ...toAssistant(message)];
  });
}

function toAssistant(message: ChatMessage): JsonRecord[] {
  const calls = (message['tool_calls'] ?? []) as readonly { readonly id: string; readonly function: { readonly name: string; readonly arguments: string } }[];
  return [
    ...(message.content ? [{ role: 'assistant', content: message.content }] : []),
    ...calls.map((call) => ({ type: 'function_call', call_id: call.id, name: call.function.name, arguments: call.function.arguments })),
  ];
}

/** Encrypted thinking goes back to the provider that wrote it, and to no other. */
function toReasoning(message: AssistantMessage | undefined, provider: string): JsonRecord[] {
  return (message?.reasoning ?? []).flatMap(({ text, signature, provider: author }) => {
    const mark = signature?.indexOf(signatureMark) ?? -1;
    if (author !== provider || signature === undefined || mark === -1) return [];
    const summary = text === '' ? [] : [{ type: 'summary_text', text }];
    return [{ type: 'reasoning', id: signature.slice(0, mark), encrypted_content: signature.slice(mark + signatureMark.length), summary }];
  });
}

function toContent(content: ChatMessage['content']): unknown {
  if (typeof content === 'string' || !content) return content ?? '';
  return content.map((part) => {
    if (part.type !== 'image_url') return { type: 'input_text', text: part['text'] };
    const { url, detail } = part['image_url'] as { readonly url: string; readonly detail?: string };
    return { type: 'input_image', image_url: url, detail: detail ?? 'auto' };
  });
}

function toFormat(format: JsonRecord): JsonRecord {
  return format['type'] === 'json_schema' ? { type: 'json_schema', ...(format['json_schema'] as object) } : format;
}

function toToolChoice(choice: unknown): unknown {
  return typeof choice === 'string' ? choice : { type: 'function', ...((choice as JsonRecord)['function'] as object) };
}
