import type { StubDialect, StubError, StubFacts, StubPlain } from './dialect.ts';
import { hashedVector } from './hashed-vector.ts';
import { openaiFrames, openaiWhole } from './openai-answer.ts';
import type { StubRecord, StubRequest } from './reply.ts';

/** Width of the stub's embeddings; small so that tests stay readable. */
const embeddingDimensions = 64;

const errorTypes: { readonly [status: number]: string } = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'invalid_request_error',
  429: 'rate_limit_error',
};

/** OpenAI's Chat Completions, models and embeddings, under any prefix such as `/v1`. */
export const openaiDialect: StubDialect = {
  name: 'openai',
  streamType: 'text/event-stream; charset=utf-8',
  malformedFrame: 'data: {"id":"chatcmpl-1","choices":[{"index":0,"del\n\n',

  route(method, path) {
    if (method === 'POST' && path.endsWith('/chat/completions')) return 'question';
    if (method === 'POST' && path.endsWith('/embeddings')) return 'other';
    return method === 'GET' && /\/models(?:\/.+)?$/u.test(path) ? 'other' : undefined;
  },
  key: (headers) => headers.authorization?.replace(/^Bearer /u, ''),
  read,
  serve: (record, facts) => (record.method === 'GET' ? listModels(record.path, facts) : embed(record)),
  whole: openaiWhole,
  frames: openaiFrames,
  errorBody,
  errorFrame: (error) => `data: ${JSON.stringify(errorBody(error))}\n\n`,
};

function errorBody(error: StubError): unknown {
  const type = errorTypes[error.status] ?? 'server_error';
  return { error: { message: error.message, type, param: null, code: error.code ?? null } };
}

function read(record: StubRecord): StubRequest | StubError {
  const body = record.body;
  if (typeof body !== 'object' || body === null) return { status: 400, message: 'We could not parse the JSON body of your request.' };
  const { model, messages, stream } = body as { readonly [key: string]: unknown };
  if (typeof model !== 'string') return { status: 400, message: 'you must provide a model parameter' };
  if (!Array.isArray(messages) || messages.length === 0) {
    return { status: 400, message: "Invalid 'messages': expected an array with at least one message." };
  }
  return {
    index: record.index,
    path: record.path,
    headers: record.headers,
    body: body as { readonly [key: string]: unknown },
    model,
    prompt: lastUserText(messages),
    stream: stream === true,
  };
}

function lastUserText(messages: readonly unknown[]): string {
  for (let index = messages.length - 1; index >= 0; index--) {
    const message = messages[index] as { readonly role?: unknown; readonly content?: unknown };
    if (message.role !== 'user') continue;
    if (typeof message.content === 'string') return message.content;
    if (!Array.isArray(message.content)) return '';
    return message.content.map((part: { readonly text?: string }) => part.text ?? '').join('');
  }
  return '';
}

function listModels(path: string, facts: StubFacts): StubPlain {
  const asModel = (id: string): unknown => ({ id, object: 'model', created: 0, owned_by: 'stub' });
  const names = facts.models ?? ['stub-model'];
  const [, id] = /\/models\/(.+)$/u.exec(path) ?? [];
  if (id === undefined) return { status: 200, body: { object: 'list', data: names.map(asModel) } };
  if (names.includes(decodeURIComponent(id))) return { status: 200, body: asModel(decodeURIComponent(id)) };
  return { status: 404, body: errorBody({ status: 404, message: `The model '${id}' does not exist`, code: 'model_not_found' }) };
}

function embed(record: StubRecord): StubPlain {
  const { input, model, encoding_format: format } = (record.body ?? {}) as { readonly [key: string]: unknown };
  const texts = Array.isArray(input) ? input : [input];
  if (!texts.every((text) => typeof text === 'string' && text !== '')) {
    return { status: 400, body: errorBody({ status: 400, message: "'$.input' is invalid.", code: 'invalid_input' }) };
  }
  const data = texts.map((text: string, index) => {
    const vector = hashedVector(text, embeddingDimensions);
    const embedding = format === 'base64' ? Buffer.from(vector.buffer).toString('base64') : Array.from(vector);
    return { object: 'embedding', index, embedding };
  });
  const tokens = texts.join(' ').split(/\s+/u).length;
  return { status: 200, body: { object: 'list', data, model, usage: { prompt_tokens: tokens, total_tokens: tokens } } };
}
