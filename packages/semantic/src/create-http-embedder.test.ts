import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { embedderConformance } from '@cascadeflow/testing';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { createEmbedder } from './create-embedder.ts';
import { createHttpEmbedder, type HttpEmbedderOptions } from './create-http-embedder.ts';

interface Call {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: { readonly model: string; readonly input: string[]; readonly dimensions?: number };
}

// An endpoint on this machine that speaks the protocol, with real vectors behind it.
const inner = createEmbedder();
let server: Server;
let calls: Call[] = [];
let failures: ((response: ServerResponse) => void)[] = [];

beforeEach(async () => {
  calls = [];
  failures = [];
  server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => void answer(request, JSON.parse(Buffer.concat(parts).toString()) as Call['body'], response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterEach(() => new Promise((resolve) => {
  server.closeAllConnections();
  server.close(resolve);
}));

async function answer(request: IncomingMessage, body: Call['body'], response: ServerResponse): Promise<void> {
  calls.push({ path: request.url ?? '', headers: request.headers, body });
  const failure = failures.shift();
  if (failure) return failure(response);
  const vectors = await inner.embed(body.input);
  // Out of order on purpose: only `index` counts. Twice as long on purpose: lengths are made 1.
  const data = vectors.map((vector, index) => ({ index, embedding: [...vector].map((value) => value * 2) })).reverse();
  response.setHeader('content-type', 'application/json').end(JSON.stringify({ data }));
}

function open(options: Partial<HttpEmbedderOptions> = {}): ReturnType<typeof createHttpEmbedder> {
  const { port } = server.address() as AddressInfo;
  return createHttpEmbedder({ baseURL: `http://127.0.0.1:${port}/v1/`, model: 'small', dimensions: 256, ...options });
}

const status = (code: number, headers: Record<string, string> = {}) => (response: ServerResponse): void => void response.writeHead(code, headers).end('{"secret":"body"}');
const body = (text: string) => (response: ServerResponse): void => void response.end(text);

embedderConformance({ describe, it }, { name: 'an HTTP endpoint', open: () => open() });

test('posts batches in order and leaves blank texts out', async () => {
  const vectors = await open({ batchSize: 2, apiKey: 'key', headers: { 'x-team': 'a' }, extraBody: { dimensions: 256 } }).embed(['a', '', 'b', 'c']);
  expect(calls.map(({ body: { input } }) => input)).toEqual([['a', 'b'], ['c']]);
  expect(calls[0]).toMatchObject({ path: '/v1/embeddings', headers: { authorization: 'Bearer key', 'x-team': 'a' }, body: { model: 'small', dimensions: 256 } });
  expect(vectors[1]?.every((value) => value === 0)).toBe(true);
  expect([vectors[0], vectors[2], vectors[3]].map((vector) => Math.hypot(...(vector as Float32Array)).toFixed(4))).toEqual(['1.0000', '1.0000', '1.0000']);
});

test('tries again after a rate limit and a server error, not after a bad request', async () => {
  failures = [status(429, { 'retry-after': '0' }), status(500, { 'retry-after': '0' })];
  expect(await open().embed(['a'])).toHaveLength(1);
  expect(calls).toHaveLength(3);
  failures = [status(400)];
  await expect(open().embed(['a'])).rejects.toMatchObject({ code: 'provider-failed', kind: 'bad-request', status: 400, retryable: false });
  expect(calls).toHaveLength(4);
});

test('gives up after the last retry, and holds neither key nor body', async () => {
  failures = [status(401)];
  const error = (await open({ apiKey: 'sk-secret' }).embed(['a']).catch((cause: unknown) => cause)) as Error;
  expect(error).toMatchObject({ kind: 'auth', status: 401 });
  expect(JSON.stringify([error.message, error])).not.toMatch(/sk-secret|secret/);
  failures = [status(503), status(503)];
  await expect(open({ maxRetries: 1 }).embed(['a'])).rejects.toMatchObject({ kind: 'overloaded', status: 503 });
});

test.each([
  ['not JSON', '<html>', /cannot be read/],
  ['no vectors', '{}', /no vectors for 1 texts/],
  ['too few vectors', '{"data":[]}', /holds 0 vectors/],
  ['another length', '{"data":[{"index":0,"embedding":[1,2]}]}', /has 2 dimensions, but the option 'dimensions' says 256/],
  ['no numbers', '{"data":[{"index":0,"embedding":["a"]}]}', /not a list of numbers/],
  ['a wrong index', `{"data":[{"index":5,"embedding":[${'1,'.repeat(255)}1]}]}`, /numbers its vectors wrongly/],
])('an answer with %s is an error that says so', async (_name, text, message) => {
  failures = [body(text)];
  const error = await open().embed(['a']).catch((cause: unknown) => cause);
  expect(error).toMatchObject({ kind: 'malformed', retryable: false });
  expect((error as Error).message).toMatch(message);
});

test('a silent endpoint is a timeout, an abort is an abort', async () => {
  failures = [() => {}, () => {}];
  await expect(open({ timeoutMs: 40, maxRetries: 0 }).embed(['a'])).rejects.toMatchObject({ kind: 'timeout' });
  const controller = new AbortController();
  setTimeout(() => controller.abort(), 20);
  await expect(open().embed(['a'], { signal: controller.signal })).rejects.toMatchObject({ code: 'aborted' });
});

test('a closed port is a network error', async () => {
  await expect(open({ baseURL: 'http://127.0.0.1:1/v1', maxRetries: 0 }).embed(['a'])).rejects.toMatchObject({ kind: 'network', retryable: true });
});

test('names the bad option', () => {
  expect(() => open({ baseURL: 'localhost' })).toThrow(/^baseURL/);
  expect(() => open({ dimensions: 0 })).toThrow(/^dimensions/);
  expect(() => open({ model: '' })).toThrow(/^model/);
  expect(() => open({ timeoutMs: -1 })).toThrow(/^timeoutMs/);
});
