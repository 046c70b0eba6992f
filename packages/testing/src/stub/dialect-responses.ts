import type { TokenLogprob, Usage } from '@cascadeflow/contract';
import { chunkText } from '../chunking.ts';
import { toFinishReason, toToolCalls, toUsage } from '../scripted-answer.ts';
import { openaiDialect } from './dialect-openai.ts';
import type { StubDialect, StubError, StubFrame } from './dialect.ts';
import type { StubRecord, StubReply, StubRequest } from './reply.ts';

/** Characters of tool arguments per streamed piece. */
const argumentPiece = 8;

/** OpenAI's Responses API, under any prefix such as `/v1`. */
export const responsesDialect: StubDialect = {
  ...openaiDialect,
  name: 'openai-responses',
  malformedFrame: 'event: response.output_text.delta\ndata: {"type":"response.output_text.delta","del\n\n',
  route: (method, path) => (method === 'POST' && path.endsWith('/responses') ? 'question' : undefined),
  read,
  whole: (reply, request) => response(reply, request, true),
  frames,
  errorFrame: (error) => frame({ type: 'error', code: error.code ?? 'server_error', message: error.message, param: null, sequence_number: 0 }),
};

function read(record: StubRecord): StubRequest | StubError {
  const body = record.body;
  if (typeof body !== 'object' || body === null) return { status: 400, message: 'We could not parse the JSON body of your request.' };
  const { model, input, stream, stop, seed } = body as { readonly [key: string]: unknown };
  if (typeof model !== 'string') return { status: 400, message: 'you must provide a model parameter' };
  if (!Array.isArray(input) || input.length === 0) return { status: 400, message: "Missing required parameter: 'input'." };
  if (stop !== undefined || seed !== undefined) return { status: 400, message: `Unknown parameter: '${stop === undefined ? 'seed' : 'stop'}'.` };
  const content = (input.findLast((item: { role?: unknown }) => item.role === 'user') as { content?: unknown } | undefined)?.content;
  const prompt = Array.isArray(content) ? content.map((part: { text?: string }) => part.text ?? '').join('') : String(content ?? '');
  const { index, path, headers } = record;
  return { index, path, headers, body: body as StubRequest['body'], model, prompt, stream: stream === true };
}

function wireUsage(usage: Usage | undefined): object | null {
  if (usage === undefined) return null;
  const input = (usage.input ?? 0) + (usage.cachedInput ?? 0) + (usage.cacheWrite ?? 0);
  const output = (usage.output ?? 0) + (usage.reasoning ?? 0);
  return {
    input_tokens: input,
    input_tokens_details: { cached_tokens: usage.cachedInput ?? 0, cache_write_tokens: usage.cacheWrite ?? 0 },
    output_tokens: output,
    output_tokens_details: { reasoning_tokens: usage.reasoning ?? 0 },
    total_tokens: input + output,
  };
}

function wireLogprobs(tokens: readonly TokenLogprob[] | undefined, request: StubRequest): readonly unknown[] {
  const wanted = Array.isArray(request.body.include) && request.body.include.includes('message.output_text.logprobs');
  const width = typeof request.body.top_logprobs === 'number' ? request.body.top_logprobs : 0;
  return wanted ? (tokens ?? []).map(({ token, logprob, top }) => ({ token, logprob, top_logprobs: (top ?? []).slice(0, width) })) : [];
}

function items(reply: StubReply, request: StubRequest): readonly { readonly type: string; readonly id: string; readonly [key: string]: unknown }[] {
  const text = { type: 'output_text', text: reply.text ?? '', annotations: [], logprobs: wireLogprobs(reply.logprobs, request) };
  return [
    ...(reply.reasoning === undefined
      ? []
      : [{ type: 'reasoning', id: `rs_${request.index}`, summary: [{ type: 'summary_text', text: reply.reasoning }], encrypted_content: 'c2VhbGVk' }]),
    ...(reply.text === undefined ? [] : [{ type: 'message', id: `msg_${request.index}`, role: 'assistant', status: 'completed', content: [text] }]),
    ...toToolCalls(reply).map((call, index) => ({
      type: 'function_call',
      id: `fc_${request.index}_${index}`,
      call_id: call.id,
      name: call.name,
      arguments: call.arguments,
      status: 'completed',
    })),
  ];
}

const reasons: { readonly [unified: string]: string } = { length: 'max_output_tokens', 'content-filter': 'content_filter' };

function response(reply: StubReply, request: StubRequest, done: boolean): { readonly [key: string]: unknown } {
  const reason = reasons[toFinishReason(reply).unified];
  const { unified } = toFinishReason(reply);
  const status = !done ? 'in_progress' : unified === 'error' ? 'failed' : reason === undefined ? 'completed' : 'incomplete';
  return {
    id: reply.responseId ?? `resp_${request.index}`,
    object: 'response',
    model: reply.servedModel ?? request.model,
    status,
    error: null,
    incomplete_details: done && reason !== undefined ? { reason } : null,
    output: done ? items(reply, request) : [],
    usage: done ? wireUsage(toUsage(reply, JSON.stringify(request.body.input).length)) : null,
  };
}

function frame(event: { readonly type: string; readonly [key: string]: unknown }): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}

/** A response as events: created, each item with its pieces, and the whole response at the end. */
function frames(reply: StubReply, request: StubRequest): readonly StubFrame[] {
  const out: StubFrame[] = [];
  const push = (event: { readonly type: string; readonly [key: string]: unknown }, chunk = false) =>
    void out.push({ text: frame({ ...event, sequence_number: out.length }), chunk });
  push({ type: 'response.created', response: response(reply, request, false) });
  items(reply, request).forEach((item, index) => {
    const at = { output_index: index, item_id: item.id };
    push({ type: 'response.output_item.added', output_index: index, item: { ...item, content: [], summary: [], arguments: '' } });
    if (item.type === 'reasoning') {
      push({ type: 'response.reasoning_summary_part.added', ...at, summary_index: 0, part: { type: 'summary_text', text: '' } });
      for (const delta of chunkText(reply.reasoning ?? '', 'words')) push({ type: 'response.reasoning_summary_text.delta', ...at, summary_index: 0, delta });
    } else if (item.type === 'message') {
      push({ type: 'response.content_part.added', ...at, content_index: 0, part: { type: 'output_text', text: '', annotations: [], logprobs: [] } });
      const pieces = chunkText(reply.text ?? '', reply.chunks ?? 'words');
      pieces.forEach((delta, position) => {
        const own = reply.logprobs?.length === pieces.length ? [reply.logprobs[position]!] : position === pieces.length - 1 ? reply.logprobs : undefined;
        push({ type: 'response.output_text.delta', ...at, content_index: 0, delta, logprobs: wireLogprobs(own, request) }, true);
      });
    } else {
      for (const delta of chunkText(String(item.arguments), argumentPiece)) push({ type: 'response.function_call_arguments.delta', ...at, delta }, true);
    }
    push({ type: 'response.output_item.done', output_index: index, item });
  });
  const whole = response(reply, request, true);
  push({ type: `response.${String(whole.status)}`, response: whole });
  return out;
}
