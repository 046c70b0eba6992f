import type { TokenLogprob } from '@cascadeflow/contract';
import { chunkText } from '../chunking.ts';
import { toFinishReason, toToolCalls, toUsage } from '../scripted-answer.ts';
import type { StubDialect, StubError, StubFrame } from './dialect.ts';
import type { StubRecord, StubReply, StubRequest } from './reply.ts';

/** Ollama's native `/api/chat` with lines of JSON, and its list of models. */
export const ollamaDialect: StubDialect = {
  name: 'ollama',
  streamType: 'application/x-ndjson',
  malformedFrame: '{"model":"m","message":{"role":"assi\n',
  route(method, path) {
    if (method === 'POST' && path.endsWith('/api/chat')) return 'question';
    return method === 'GET' && path.endsWith('/api/tags') ? 'other' : undefined;
  },
  key: (headers) => headers.authorization?.replace(/^Bearer /u, ''),
  read,
  serve: (_record, facts) => ({ status: 200, body: { models: (facts.models ?? ['stub-model']).map((name) => ({ name, model: name, size: 1 })) } }),
  whole(reply, request) {
    const calls = wireCalls(reply);
    const message = {
      role: 'assistant',
      content: reply.text ?? '',
      ...(reply.reasoning !== undefined && { thinking: reply.reasoning }),
      ...(calls.length > 0 && { tool_calls: calls }),
    };
    const tokens = request.body.logprobs === true ? reply.logprobs : undefined;
    return { ...head(reply, request), message, ...closing(reply, request), ...(tokens && { logprobs: wireLogprobs(tokens, request) }) };
  },
  frames,
  errorBody: (error) => ({ error: error.message }),
  errorFrame: (error) => `${JSON.stringify({ error: error.message })}\n`,
};

function read(record: StubRecord): StubRequest | StubError {
  const body = record.body;
  if (typeof body !== 'object' || body === null) return { status: 400, message: 'invalid character in the request body' };
  const { model, messages, stream } = body as { readonly [key: string]: unknown };
  if (typeof model !== 'string') return { status: 400, message: 'model is required' };
  const last = (Array.isArray(messages) ? messages : []).findLast((message: { role?: unknown }) => message.role === 'user') as
    | { content?: unknown }
    | undefined;
  const { index, path, headers } = record;
  return { index, path, headers, body: body as StubRequest['body'], model, prompt: String(last?.content ?? ''), stream: stream !== false };
}

function head(reply: StubReply, request: StubRequest): { readonly [key: string]: unknown } {
  return { model: reply.servedModel ?? request.model, created_at: '2026-01-01T00:00:00.000000Z' };
}

function wireCalls(reply: StubReply): readonly unknown[] {
  return toToolCalls(reply).map((call) => ({ function: { name: call.name, arguments: JSON.parse(call.arguments) as unknown } }));
}

function wireLogprobs(tokens: readonly TokenLogprob[], request: StubRequest): readonly unknown[] {
  const width = typeof request.body.top_logprobs === 'number' ? request.body.top_logprobs : 0;
  return tokens.map(({ token, logprob, top }) => ({ token, logprob, ...(width > 0 && { top_logprobs: (top ?? []).slice(0, width) }) }));
}

/** Ollama counts the whole prompt, and thinking within the answer; it says `stop` where tools are called. */
function closing(reply: StubReply, request: StubRequest): { readonly [key: string]: unknown } {
  const usage = toUsage(reply, JSON.stringify(request.body.messages).length);
  const { unified } = toFinishReason(reply);
  return {
    done: true,
    done_reason: unified === 'tool-calls' ? 'stop' : unified.replace('-', '_'),
    total_duration: 1_000_000,
    ...(usage && {
      prompt_eval_count: (usage.input ?? 0) + (usage.cachedInput ?? 0) + (usage.cacheWrite ?? 0),
      eval_count: (usage.output ?? 0) + (usage.reasoning ?? 0),
    }),
  };
}

/** An answer as lines: thinking, pieces of text, tool calls whole, and a last line with the counts. */
function frames(reply: StubReply, request: StubRequest): readonly StubFrame[] {
  const out: StubFrame[] = [];
  const push = (message: object, chunk: boolean, more: object = {}) =>
    void out.push({ text: `${JSON.stringify({ ...head(reply, request), message: { role: 'assistant', content: '', ...message }, done: false, ...more })}\n`, chunk });
  for (const thinking of chunkText(reply.reasoning ?? '', 'words')) push({ thinking }, false);
  const pieces = chunkText(reply.text ?? '', reply.chunks ?? 'words');
  const tokens = request.body.logprobs === true ? reply.logprobs : undefined;
  pieces.forEach((content, position) => {
    const own = tokens?.length === pieces.length ? [tokens[position]!] : position === pieces.length - 1 ? tokens : undefined;
    push({ content }, true, own ? { logprobs: wireLogprobs(own, request) } : {});
  });
  for (const call of wireCalls(reply)) push({ tool_calls: [call] }, true);
  push({}, false, closing(reply, request));
  return out;
}
