import type { FinishReason, Usage } from '@cascadeflow/contract';
import { chunkText } from '../chunking.ts';
import { toFinishReason, toToolCalls, toUsage } from '../scripted-answer.ts';
import type { StubDialect, StubError, StubFrame } from './dialect.ts';
import type { StubRecord, StubReply, StubRequest } from './reply.ts';

/** Characters of tool arguments per streamed piece. */
const argumentPiece = 8;

const errorTypes: { readonly [status: number]: string } = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  402: 'billing_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  529: 'overloaded_error',
};

/** Anthropic's Messages API, under any prefix such as `/v1`. */
export const anthropicDialect: StubDialect = {
  name: 'anthropic',
  streamType: 'text/event-stream; charset=utf-8',
  malformedFrame: 'event: content_block_delta\ndata: {"type":"content_block_delta","index":0,"del\n\n',
  route(method, path) {
    if (method === 'POST' && path.endsWith('/messages')) return 'question';
    return method === 'GET' && path.endsWith('/models') ? 'other' : undefined;
  },
  key: (headers) => headers['x-api-key']?.toString() ?? headers.authorization?.replace(/^Bearer /u, ''),
  read,
  serve: (_record, facts) => ({
    status: 200,
    body: { data: (facts.models ?? ['stub-model']).map((id) => ({ type: 'model', id, display_name: id })), has_more: false },
  }),
  whole: (reply, request) => {
    const head = messageHead(reply, request);
    return {
      ...head,
      content: contentBlocks(reply).map(({ start, whole }) => ({ ...start, ...whole })),
      stop_reason: wireStop(toFinishReason(reply)),
      usage: wireUsage(usageOf(reply, request)),
    };
  },
  frames,
  errorBody,
  errorFrame: (error) => frame(errorBody(error)),
};

function errorBody(error: StubError): { readonly type: string; readonly [key: string]: unknown } {
  return { type: 'error', error: { type: error.code ?? errorTypes[error.status] ?? 'api_error', message: error.message }, request_id: 'req_stub' };
}

function read(record: StubRecord): StubRequest | StubError {
  const body = record.body;
  if (typeof body !== 'object' || body === null) return { status: 400, message: 'The request body is not valid JSON' };
  const { model, messages, stream, max_tokens: maxTokens } = body as { readonly [key: string]: unknown };
  if (typeof model !== 'string') return { status: 400, message: 'model: Field required' };
  if (typeof maxTokens !== 'number') return { status: 400, message: 'max_tokens: Field required' };
  if (!Array.isArray(messages) || messages.length === 0) return { status: 400, message: 'messages: at least one message is required' };
  if (record.headers['anthropic-version'] === undefined) return { status: 400, message: 'anthropic-version: header is required' };
  const last = messages.findLast((message: { role?: unknown }) => message.role === 'user') as { content?: unknown } | undefined;
  const content = last?.content;
  const prompt = typeof content === 'string' ? content : Array.isArray(content) ? content.map((part: { text?: string }) => part.text ?? '').join('') : '';
  const { index, path, headers } = record;
  return { index, path, headers, body: body as StubRequest['body'], model, prompt, stream: stream === true };
}

function usageOf(reply: StubReply, request: StubRequest): Usage | undefined {
  return toUsage(reply, JSON.stringify(request.body.messages).length);
}

/** Anthropic counts cached tokens beside the input, and thinking within the output. */
function wireUsage(usage: Usage | undefined): { readonly [key: string]: unknown } {
  if (usage === undefined) return {};
  return {
    input_tokens: usage.input ?? 0,
    cache_creation_input_tokens: usage.cacheWrite ?? 0,
    cache_read_input_tokens: usage.cachedInput ?? 0,
    output_tokens: (usage.output ?? 0) + (usage.reasoning ?? 0),
    ...(usage.reasoning !== undefined && { output_tokens_details: { thinking_tokens: usage.reasoning } }),
  };
}

function wireStop(finish: FinishReason): string {
  if (finish.unified === 'other' || finish.unified === 'error') return finish.raw ?? finish.unified;
  return { stop: 'end_turn', length: 'max_tokens', 'tool-calls': 'tool_use', 'content-filter': 'refusal' }[finish.unified];
}

function messageHead(reply: StubReply, request: StubRequest): { readonly [key: string]: unknown } {
  return {
    id: reply.responseId ?? `msg_${request.index}`,
    type: 'message',
    role: 'assistant',
    model: reply.servedModel ?? request.model,
    content: [],
    stop_reason: null,
    stop_sequence: null,
  };
}

interface ContentBlock {
  readonly start: { readonly type: string; readonly [key: string]: unknown };
  readonly deltas: readonly { readonly type: string; readonly [key: string]: unknown }[];
  readonly whole: { readonly [key: string]: unknown };
  readonly isChunk: boolean;
}

function contentBlocks(reply: StubReply): ContentBlock[] {
  const blocks: ContentBlock[] = [];
  if (reply.reasoning !== undefined) {
    const pieces = chunkText(reply.reasoning, 'words').map((thinking) => ({ type: 'thinking_delta', thinking }));
    blocks.push({
      start: { type: 'thinking', thinking: '', signature: '' },
      deltas: [...pieces, { type: 'signature_delta', signature: 'c2lnbmVk' }],
      whole: { thinking: reply.reasoning, signature: 'c2lnbmVk' },
      isChunk: false,
    });
  }
  if (reply.text !== undefined && reply.text !== '') {
    const deltas = chunkText(reply.text, reply.chunks ?? 'words').map((text) => ({ type: 'text_delta', text }));
    blocks.push({ start: { type: 'text', text: '' }, deltas, whole: { text: reply.text }, isChunk: true });
  }
  for (const call of toToolCalls(reply)) {
    const deltas = ['', ...chunkText(call.arguments, argumentPiece)].map((json) => ({ type: 'input_json_delta', partial_json: json }));
    blocks.push({ start: { type: 'tool_use', id: call.id, name: call.name, input: {} }, deltas, whole: { input: parseInput(call.arguments) }, isChunk: true });
  }
  return blocks;
}

function parseInput(text: string): unknown {
  return text === '' ? {} : (JSON.parse(text) as unknown);
}

function frame(event: { readonly type: string; readonly [key: string]: unknown }): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

/** A message as events: start, the blocks with their pieces, the stop reason with the final usage, stop. */
function frames(reply: StubReply, request: StubRequest): readonly StubFrame[] {
  const usage = wireUsage(usageOf(reply, request));
  const out: StubFrame[] = [];
  const push = (event: { readonly type: string; readonly [key: string]: unknown }, chunk = false) => void out.push({ text: frame(event), chunk });
  push({ type: 'message_start', message: { ...messageHead(reply, request), usage: { ...usage, ...('output_tokens' in usage && { output_tokens: 1 }) } } });
  push({ type: 'ping' });
  contentBlocks(reply).forEach(({ start, deltas, isChunk }, index) => {
    push({ type: 'content_block_start', index, content_block: start });
    for (const delta of deltas) push({ type: 'content_block_delta', index, delta }, isChunk);
    push({ type: 'content_block_stop', index });
  });
  push({ type: 'message_delta', delta: { stop_reason: wireStop(toFinishReason(reply)), stop_sequence: null }, usage });
  push({ type: 'message_stop' });
  return out;
}
