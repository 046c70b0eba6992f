import type { ProviderErrorKind } from '@cascadeflow/contract';
import { describe, expect, it } from 'vitest';
import { createProviderError, toProviderError } from './provider-failure.ts';
import { toNetworkError } from './network-error.ts';

const context = { provider: 'p', model: 'm', secrets: { keys: ['sk-live-0123456789'], texts: () => [] } };

/** Failures as the vendors' documentation shows them: status, body, and what they mean. */
const failures: readonly (readonly [name: string, status: number | undefined, body: unknown, kind: ProviderErrorKind, retryable: boolean])[] = [
  ['OpenAI wrong key', 401, { error: { message: 'Incorrect API key provided', type: 'invalid_request_error', code: 'invalid_api_key' } }, 'auth', false],
  ['OpenAI rate limit', 429, { error: { message: 'Rate limit reached', type: 'tokens', code: 'rate_limit_exceeded' } }, 'rate-limit', true],
  ['OpenAI quota', 429, { error: { message: 'You exceeded your current quota', type: 'insufficient_quota', code: 'insufficient_quota' } }, 'quota', false],
  ['OpenAI long prompt', 400, { error: { message: "This model's maximum context length is 8192 tokens", code: 'context_length_exceeded' } }, 'context-length', false],
  ['OpenAI unknown model', 404, { error: { message: 'The model does not exist', code: 'model_not_found' } }, 'not-found', false],
  ['OpenAI bad field', 400, { error: { message: "Invalid type for 'temperature'", type: 'invalid_request_error', param: 'temperature' } }, 'bad-request', false],
  ['OpenAI region', 403, { error: { message: 'Country not supported', code: 'unsupported_country_region_territory' } }, 'permission', false],
  ['OpenAI overloaded', 503, { error: { message: 'The engine is currently overloaded', type: 'server_error', code: 'engine_overloaded' } }, 'overloaded', true],
  ['Azure content filter', 400, { error: { message: 'The response was filtered', code: 'content_filter', innererror: {} } }, 'content-filter', false],
  ['Anthropic overloaded', 529, { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }, 'overloaded', true],
  ['Anthropic too large', 413, { type: 'error', error: { type: 'request_too_large', message: 'Request exceeds the maximum size' } }, 'context-length', false],
  ['Anthropic long prompt', 400, { type: 'error', error: { type: 'invalid_request_error', message: 'prompt is too long: 210000 tokens > 200000' } }, 'context-length', false],
  ['Anthropic balance', 400, { type: 'error', error: { type: 'invalid_request_error', message: 'Your credit balance is too low' } }, 'quota', false],
  ['Groq too many tokens', 413, { error: { message: 'Request too large for model', type: 'tokens', code: 'rate_limit_exceeded' } }, 'rate-limit', true],
  ['Groq capacity', 498, { error: { message: 'Flex tier capacity exceeded' } }, 'overloaded', true],
  ['Gemini exhausted', 429, { error: { code: 429, message: 'Resource exhausted', status: 'RESOURCE_EXHAUSTED' } }, 'rate-limit', true],
  ['Gemini bad key', 400, { error: { code: 400, message: 'API key not valid', status: 'UNAUTHENTICATED' } }, 'auth', false],
  ['Hugging Face loading', 503, { error: 'Model is currently loading', estimated_time: 20 }, 'unavailable', true],
  ['Hugging Face balance', 402, { error: 'You have exceeded your monthly included credits' }, 'quota', false],
  ['Ollama unknown model', 404, { error: "model 'x' not found" }, 'not-found', false],
  ['vLLM long prompt', 400, { object: 'error', message: "This model's maximum context length is 4096 tokens.", type: 'BadRequestError', code: 400 }, 'context-length', false],
  ['FastAPI validation', 422, { detail: [{ loc: ['body', 'messages'], msg: 'field required', input: 'x' }] }, 'bad-request', false],
  ['LiteLLM unknown key', 400, { error: { message: 'No connected db.', type: 'no_db_connection', code: '400' } }, 'auth', false],
  ['DeepSeek balance', 402, { error: { message: 'Insufficient Balance', type: 'unknown_error' } }, 'quota', false],
  ['a proxy page', 502, '<html><body><h1>502 Bad Gateway</h1></body></html>', 'server', true],
  ['a gateway time-out', 504, 'upstream request timeout', 'timeout', true],
  ['request time-out', 408, '', 'timeout', true],
  ['conflict', 409, {}, 'other', false],
  ['teapot', 418, {}, 'other', false],
  ['no body', 500, '', 'server', true],
  ['error event without status', undefined, { error: { message: 'The server had an error', type: 'server_error' } }, 'server', true],
  ['overloaded event', undefined, { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }, 'overloaded', true],
  ['event with a status inside', undefined, { error: { message: 'slow down', code: 429 } }, 'rate-limit', true],
];

describe('toProviderError', () => {
  it.each(failures)('%s', (_name, status, body, kind, retryable) => {
    const error = toProviderError({ status, body }, context);
    expect([error.kind, error.retryable, error.provider, error.model]).toEqual([kind, retryable, 'p', 'm']);
  });

  it('tells provider, model, status and the vendor’s words in one line', () => {
    const body = { error: { message: 'Rate limit reached', type: 'tokens', code: 'rate_limit_exceeded' } };
    expect(toProviderError({ status: 429, body }, context).message).toBe(
      'p/m: rate limit reached (HTTP 429): tokens, rate_limit_exceeded: Rate limit reached',
    );
  });

  it('says what to do about a refused key', () => {
    const error = toProviderError({ status: 401, body: {} }, { ...context, keyHint: 'check the key given as apiKey' });
    expect(error.message).toBe('p/m: the key was refused (HTTP 401); check the key given as apiKey');
  });

  it('keeps the request id, from header or body', () => {
    expect(toProviderError({ status: 500, headers: new Headers({ 'x-request-id': 'req_1' }) }, context).requestId).toBe('req_1');
    expect(toProviderError({ status: 500, headers: new Headers({ 'request-id': 'req_2' }) }, context).requestId).toBe('req_2');
    expect(toProviderError({ status: 500, body: { request_id: 'req_3' } }, context).requestId).toBe('req_3');
  });

  it('keeps no cause that could hold headers or bodies', () => {
    expect(toProviderError({ status: 401, body: { error: { message: 'bad' } } }, context).cause).toBeUndefined();
    const thrown = Object.assign(new TypeError('fetch failed for http://u:sk-live-0123456789@host'), { cause: { code: 'ECONNREFUSED' } });
    const error = toNetworkError(thrown, context, false);
    expect(error.message).toBe('p/m: no connection: ECONNREFUSED');
    expect(JSON.stringify(error.cause, Object.getOwnPropertyNames(error.cause))).not.toContain('sk-live');
  });
});

describe('toNetworkError', () => {
  it.each([
    ['ECONNREFUSED', false, 'network'],
    ['ECONNRESET', false, 'network'],
    ['ECONNRESET', true, 'cut'],
    ['UND_ERR_SOCKET', true, 'cut'],
    ['UND_ERR_HEADERS_TIMEOUT', false, 'timeout'],
    ['UND_ERR_BODY_TIMEOUT', true, 'timeout'],
    ['ENOTFOUND', false, 'network'],
    ['CERT_HAS_EXPIRED', false, 'other'],
  ])('%s (body begun: %s) is %s', (code, started, kind) => {
    const error = toNetworkError(new TypeError('fetch failed', { cause: Object.assign(new Error('x'), { code }) }), context, started);
    expect(error).toMatchObject({ kind });
  });

  it('lets our own errors through', () => {
    const own = createProviderError('cut', context);
    expect(toNetworkError(own, context, true)).toBe(own);
  });
});
