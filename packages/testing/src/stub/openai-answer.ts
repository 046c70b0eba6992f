import type { FinishReason, TokenLogprob, Usage } from '@cascadeflow/contract';
import { chunkText } from '../chunking.ts';
import { type ScriptedAnswer, toFinishReason, toToolCalls, toUsage } from '../scripted-answer.ts';
import type { StubFrame } from './dialect.ts';
import type { StubReply, StubRequest } from './reply.ts';

/** Characters of tool arguments per streamed piece. */
const argumentPiece = 8;

/** The choices that were asked for with `n`. */
function choices(reply: StubReply, request: StubRequest): readonly ScriptedAnswer[] {
  const wanted = typeof request.body.n === 'number' ? request.body.n : 1;
  return Array.from({ length: wanted }, (_, index) => (index === 0 ? reply : (reply.alternatives?.[index - 1] ?? reply)));
}

function wireFinish(finish: FinishReason): string {
  const { unified, raw } = finish;
  return unified === 'other' || unified === 'error' ? (raw ?? unified) : unified.replace('-', '_');
}

/** OpenAI counts cached tokens within the prompt and reasoning within the completion. */
function wireUsage(usage: Usage): unknown {
  const prompt = (usage.input ?? 0) + (usage.cachedInput ?? 0) + (usage.cacheWrite ?? 0);
  const completion = (usage.output ?? 0) + (usage.reasoning ?? 0);
  return {
    prompt_tokens: prompt,
    completion_tokens: completion,
    total_tokens: prompt + completion,
    prompt_tokens_details: { cached_tokens: usage.cachedInput ?? 0, audio_tokens: 0 },
    completion_tokens_details: { reasoning_tokens: usage.reasoning ?? 0, audio_tokens: 0 },
  };
}

function usageOf(answers: readonly ScriptedAnswer[], request: StubRequest): unknown {
  const [first, ...rest] = answers.map((answer) => toUsage(answer, JSON.stringify(request.body.messages).length));
  if (first === undefined) return undefined;
  const output = rest.reduce((sum, usage) => sum + (usage?.output ?? 0), first.output ?? 0);
  return wireUsage({ ...first, output });
}

function wireLogprobs(tokens: readonly TokenLogprob[] | undefined, request: StubRequest): unknown {
  if (tokens === undefined || request.body.logprobs !== true) return null;
  const asToken = ({ token, logprob }: TokenLogprob): { readonly [key: string]: unknown } => ({
    token,
    logprob,
    bytes: [...Buffer.from(token)],
  });
  const width = typeof request.body.top_logprobs === 'number' ? request.body.top_logprobs : 0;
  const content = tokens.map((token) => ({ ...asToken(token), top_logprobs: (token.top ?? []).slice(0, width).map(asToken) }));
  return { content, refusal: null };
}

function frame(reply: StubReply, request: StubRequest, object: string): { readonly [key: string]: unknown } {
  return {
    id: reply.responseId ?? `chatcmpl-${request.index}`,
    object,
    created: Math.floor(Date.now() / 1000),
    model: reply.servedModel ?? request.model,
  };
}

/** A chat completion in one piece. */
export function openaiWhole(reply: StubReply, request: StubRequest): unknown {
  const answers = choices(reply, request);
  const usage = usageOf(answers, request);
  return {
    ...frame(reply, request, 'chat.completion'),
    choices: answers.map((answer, index) => {
      const calls = toToolCalls(answer);
      return {
        index,
        message: {
          role: 'assistant',
          content: answer.text ?? (calls.length > 0 ? null : ''),
          refusal: null,
          ...(answer.reasoning !== undefined && { reasoning_content: answer.reasoning }),
          ...(calls.length > 0 && {
            tool_calls: calls.map((call) => ({ id: call.id, type: 'function', function: { name: call.name, arguments: call.arguments } })),
          }),
        },
        logprobs: wireLogprobs(answer.logprobs, request),
        finish_reason: wireFinish(toFinishReason(answer)),
      };
    }),
    ...(usage !== undefined && { usage }),
  };
}

/** A chat completion as server-sent events: role, pieces of text and of tool arguments, finish reason, usage when asked for, `[DONE]`. */
export function openaiFrames(reply: StubReply, request: StubRequest): readonly StubFrame[] {
  const frames: StubFrame[] = [];
  const wantsUsage = (request.body.stream_options as { readonly include_usage?: boolean } | undefined)?.include_usage === true;
  const head = `data: ${JSON.stringify(frame(reply, request, 'chat.completion.chunk')).slice(0, -1)},"choices":[`;
  const tail = wantsUsage ? '],"usage":null}\n\n' : ']}\n\n';
  const answers = choices(reply, request);

  answers.forEach((answer, index) => {
    const push = (delta: string, chunk: boolean, logprobs = 'null', finish = 'null'): void => {
      const choice = `{"index":${index},"delta":${delta},"logprobs":${logprobs},"finish_reason":${finish}}`;
      frames.push({ text: head + choice + tail, chunk });
    };
    push('{"role":"assistant","content":""}', false);
    if (answer.reasoning !== undefined) {
      for (const piece of chunkText(answer.reasoning, 'words')) push(`{"reasoning_content":${JSON.stringify(piece)}}`, false);
    }
    const pieces = chunkText(answer.text ?? '', answer.chunks ?? 'words');
    const tokens = request.body.logprobs === true ? answer.logprobs : undefined;
    pieces.forEach((piece, position) => {
      const own = tokens?.length === pieces.length ? [tokens[position]!] : position === pieces.length - 1 ? tokens : undefined;
      push(`{"content":${JSON.stringify(piece)}}`, true, own === undefined ? 'null' : JSON.stringify(wireLogprobs(own, request)));
    });
    toToolCalls(answer).forEach((call, position) => {
      const opening = { index: position, id: call.id, type: 'function', function: { name: call.name, arguments: '' } };
      push(`{"tool_calls":${JSON.stringify([opening])}}`, true);
      for (const piece of chunkText(call.arguments, argumentPiece)) {
        push(`{"tool_calls":[{"index":${position},"function":{"arguments":${JSON.stringify(piece)}}}]}`, true);
      }
    });
    push('{}', false, 'null', JSON.stringify(wireFinish(toFinishReason(answer))));
  });

  const usage = wantsUsage ? usageOf(answers, request) : undefined;
  if (usage !== undefined) frames.push({ text: `${head}],"usage":${JSON.stringify(usage)}}\n\n`, chunk: false });
  frames.push({ text: 'data: [DONE]\n\n', chunk: false });
  return frames;
}
