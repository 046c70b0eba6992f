import { ProviderError } from '@cascadeflow/contract';
import { measureClose, refusedUrl, startRawServer, startStub, type Stub } from '@cascadeflow/testing';
import OpenAI from 'openai';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openai } from './openai.ts';

const key = 'sk-planted-0123456789abcdef';
const prompt = 'The launch code is quartz-violet-7731, keep it safe.';
const messages = [{ role: 'user' as const, content: prompt }];

let stub: Stub;
beforeEach(async () => {
  stub = await startStub();
});
afterEach(() => stub.close());

const model = (options: object = {}) => openai({ apiKey: key, baseURL: stub.baseURL, ...options }).model('gpt-4o-mini');

async function failure(run: () => Promise<unknown>): Promise<ProviderError> {
  try {
    await run();
  } catch (error) {
    expect(error).toBeInstanceOf(ProviderError);
    return error as ProviderError;
  }
  throw new Error('nothing was thrown');
}

async function text(stream: AsyncIterable<{ type: string; text?: string }>): Promise<string> {
  let heard = '';
  for await (const event of stream) if (event.type === 'text-delta') heard += event.text;
  return heard;
}

describe('openai() over HTTP', () => {
  it('closes the connection within 50 ms of an abort, before and in the text', async () => {
    await text(model().stream({ messages }));
    expect(await measureClose(stub, model(), 'in-text')).toBeLessThan(50);
    expect(await measureClose(stub, model(), 'before-text')).toBeLessThan(50);
  });

  it('uses its connections again for calls that follow each other, streamed or not', async () => {
    const one = model();
    for (let call = 0; call < 10; call++) {
      await text(one.stream({ messages }));
      await one.generate?.({ messages });
    }
    expect(stub.requests).toHaveLength(20);
    // Node's fetch lets a socket rest for one turn of the event loop, so calls without a pause take turns on two.
    expect(stub.openSockets).toBeLessThanOrEqual(2);
  });

  it('waits as long as it is told, for the first piece and between pieces', async () => {
    stub.enqueue({ fault: { type: 'hang' } }, { text: 'a b c', fault: { type: 'hang', afterChunks: 1 } }, { fault: { type: 'hang' } });
    const first = await failure(() => text(model({ timeoutMs: 60 }).stream({ messages })));
    expect([first.kind, first.retryable]).toEqual(['timeout', true]);
    expect((await failure(() => text(model({ idleTimeoutMs: 60 }).stream({ messages })))).message).toMatch(/waited 60 ms between two pieces/);
    expect((await failure(async () => model({ timeoutMs: 60 }).generate?.({ messages }))).kind).toBe('timeout');
  });

  it('reads Retry-After in seconds and as a date', async () => {
    stub.enqueue(
      { fault: { type: 'status', status: 429, retryAfter: 3 } },
      { fault: { type: 'status', status: 503, retryAfter: new Date(Date.now() + 5000) } },
    );
    expect((await failure(() => text(model().stream({ messages })))).retryAfterMs).toBe(3000);
    const dated = (await failure(() => text(model().stream({ messages })))).retryAfterMs ?? 0;
    expect(dated).toBeGreaterThan(3000);
    expect(dated).toBeLessThanOrEqual(5000);
  });

  it.each([
    [400, 'bad-request'], [401, 'auth'], [402, 'quota'], [403, 'permission'], [404, 'not-found'], [408, 'timeout'], [409, 'other'], [413, 'context-length'],
    [422, 'bad-request'], [429, 'rate-limit'], [500, 'server'], [502, 'server'], [503, 'unavailable'], [504, 'timeout'], [529, 'overloaded'],
  ])('HTTP %i is %s, streamed or not, and is not retried', async (status, kind) => {
    stub.enqueue({ fault: { type: 'status', status } }, { fault: { type: 'status', status } });
    expect(await failure(() => text(model().stream({ messages })))).toMatchObject({ kind, status, model: 'gpt-4o-mini' });
    expect(await failure(async () => model().generate?.({ messages }))).toMatchObject({ kind, status });
    expect(stub.requests).toHaveLength(2);
  });

  it('says that nobody listens', async () => {
    const baseURL = await refusedUrl();
    expect(await failure(() => text(openai({ apiKey: key, baseURL }).model('m').stream({ messages })))).toMatchObject({ kind: 'network', retryable: true });
  });

  it('never repeats key or prompt, whatever a server echoes', async () => {
    const echo = `Wrong key ${key} at http://user:${key}@host/v1?key=${key} for "${prompt}" (quartz-violet-7731)`;
    for (const status of [400, 401, 404, 429, 500]) {
      stub.enqueue({ fault: { type: 'status', status, message: echo } }, { fault: { type: 'status', status, body: `<html>${echo}</html>` } });
      for (let time = 0; time < 2; time++) {
        const error = await failure(() => text(model().stream({ messages })));
        const everything = JSON.stringify([error, error.message, error.stack, error.cause, error.toInfo(), Object.getOwnPropertyDescriptors(error)]);
        expect(everything).not.toContain('planted');
        expect(everything).not.toContain('quartz');
      }
    }
    stub.enqueue({ text: 'x', fault: { type: 'error-event', afterChunks: 1, message: echo } });
    expect((await failure(() => text(model().stream({ messages })))).message).not.toMatch(/planted|quartz/);
  });

  it('drops a field the server refuses by name, remembers it, and says so', async () => {
    const server = await startRawServer(({ body }) => {
      for (const param of ['temperature', 'max_tokens']) {
        if (body && param in body) {
          const error = { message: `Unsupported parameter: '${param}' is not supported with this model.`, type: 'invalid_request_error', param, code: 'unsupported_parameter' };
          return { status: 400, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ error }) };
        }
      }
      return { headers: { 'content-type': 'application/json' }, body: JSON.stringify({ choices: [{ message: { content: 'ok' }, finish_reason: 'stop' }] }) };
    });
    const provider = openai({ apiKey: key, baseURL: server.url });
    const request = { messages, temperature: 0, maxTokens: 9 };
    const warnings = ['temperature is not sent: the server refuses it for this model'];
    expect((await provider.model('new-model').generate?.(request))?.at(-1)).toMatchObject({ type: 'end', warnings });
    expect(server.requests).toHaveLength(3);
    expect(server.requests[2]?.body).toMatchObject({ max_completion_tokens: 9 });
    expect((await provider.model('new-model').generate?.(request))?.at(-1)).toMatchObject({ warnings });
    expect(server.requests).toHaveLength(4);
    await server.close();
  });

  it('reads a whole answer from a server that does not stream', async () => {
    const answer = JSON.stringify({ id: 'x', choices: [{ message: { content: 'ok' }, finish_reason: 'stop' }] });
    const server = await startRawServer(() => ({ headers: { 'content-type': 'application/json' }, body: answer }));
    expect(await text(openai({ apiKey: key, baseURL: server.url }).model('m').stream({ messages }))).toBe('ok');
    await server.close();
  });

  it('takes a stream as whole once the vendor has said why it stopped, and as cut before that', async () => {
    const head = 'data: {"choices":[{"delta":{"content":"ok"}}]}\n\n';
    const bodies = [`${head}data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\n`, `${head}data: [DONE]\n\n`, head];
    const server = await startRawServer(() => ({ body: bodies.shift() ?? '' }));
    const one = openai({ apiKey: key, baseURL: server.url }).model('m');
    expect(await text(one.stream({ messages }))).toBe('ok');
    expect(await text(one.stream({ messages }))).toBe('ok');
    expect((await failure(() => text(one.stream({ messages })))).kind).toBe('cut');
    expect((await failure(() => text(one.stream({ messages })))).kind).toBe('cut');
    await server.close();
  });

  it('uses a client that is handed in, and sends what was set', async () => {
    const client = new OpenAI({ apiKey: 'of-the-client', baseURL: stub.baseURL, maxRetries: 5 });
    await text(openai({ client }).model('gpt-4o').stream({ messages }));
    expect(stub.requests[0]?.headers['authorization']).toBe('Bearer of-the-client');
    stub.enqueue({ fault: { type: 'status', status: 500 } });
    await failure(() => text(openai({ client }).model('gpt-4o').stream({ messages })));
    expect(stub.requests).toHaveLength(2);
    await text(model({ organization: 'org-1', project: 'proj-1', headers: { 'x-own': 'yes' } }).stream({ messages, extra: { store: true } }));
    expect(stub.requests[2]).toMatchObject({
      headers: { 'openai-organization': 'org-1', 'openai-project': 'proj-1', 'x-own': 'yes', 'user-agent': expect.stringMatching(/^cascadeflow\//) },
      body: { store: true },
    });
  });
});
