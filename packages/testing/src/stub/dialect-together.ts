import { openaiDialect } from './dialect-openai.ts';
import type { StubDialect } from './dialect.ts';
import type { StubRequest } from './reply.ts';

interface WireToken {
  readonly token: string;
  readonly logprob: number;
  readonly top_logprobs: readonly { readonly token: string; readonly logprob: number }[];
}

interface WireChoice {
  logprobs?: { readonly content: readonly WireToken[] } | object | number | null;
  top_logprobs?: object;
}

/**
 * Together AI's Chat Completions: OpenAI's, but `logprobs` is a number of alternatives, log probabilities are parallel lists (in streams a bare
 * number beside the piece it belongs to), and the usage always comes with the last piece. It refuses `stream_options` as a field it does not know.
 */
export const togetherDialect: StubDialect = {
  ...openaiDialect,
  name: 'together',
  read(record) {
    const body = record.body as { readonly [key: string]: unknown } | undefined;
    for (const field of ['stream_options', 'top_logprobs', 'parallel_tool_calls', 'user']) {
      if (body && field in body) return { status: 400, message: `Unrecognized request argument supplied: ${field}`, code: 'invalid_request' };
    }
    if (body?.logprobs !== undefined && typeof body.logprobs !== 'number') return { status: 400, message: 'logprobs must be an integer' };
    return openaiDialect.read(record);
  },
  whole(reply, request) {
    const answer = openaiDialect.whole(reply, asOpenAI(request)) as { readonly choices: readonly WireChoice[] };
    for (const choice of answer.choices) choice.logprobs = toLists(choice.logprobs);
    return answer;
  },
  frames: (reply, request) =>
    openaiDialect.frames(reply, asOpenAI(request)).map((frame) => {
      if (!frame.text.startsWith('data: {')) return frame;
      const event = JSON.parse(frame.text.slice('data: '.length)) as { choices: WireChoice[] };
      for (const choice of event.choices) putBare(choice);
      return { ...frame, text: `data: ${JSON.stringify(event)}\n\n` };
    }),
};

/** The same question as OpenAI's dialect would have been asked. */
function asOpenAI(request: StubRequest): StubRequest {
  const { logprobs, ...body } = request.body;
  const wanted = typeof logprobs === 'number' ? { logprobs: true, top_logprobs: logprobs } : {};
  return { ...request, body: { ...body, ...wanted, stream_options: { include_usage: true } } };
}

function contentOf(logprobs: WireChoice['logprobs']): readonly WireToken[] | undefined {
  return typeof logprobs === 'object' && logprobs !== null && 'content' in logprobs ? (logprobs.content as readonly WireToken[]) : undefined;
}

function toMap(token: WireToken): object {
  return Object.fromEntries(token.top_logprobs.map((other) => [other.token, other.logprob]));
}

function toLists(logprobs: WireChoice['logprobs']): object | null {
  const content = contentOf(logprobs);
  if (content === undefined) return null;
  return {
    tokens: content.map(({ token }) => token),
    token_logprobs: content.map(({ logprob }) => logprob),
    top_logprobs: content.map(toMap),
  };
}

/** In streams a piece is one token. */
function putBare(choice: WireChoice): void {
  const [token] = contentOf(choice.logprobs) ?? [];
  choice.logprobs = token?.logprob ?? null;
  if (token !== undefined) choice.top_logprobs = toMap(token);
}
