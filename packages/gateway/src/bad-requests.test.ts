import { seededRandom } from '@cascadeflow/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Bench, openBench } from './gateway-doubles.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench({ limits: { bodyBytes: 100_000, bodyMs: 200 } });
});
afterAll(() => bench.close());

const doors = ['/v1/chat/completions', '/v1/messages'] as const;
const good = { model: 'cascade', max_tokens: 10, messages: [{ role: 'user', content: 'hi' }] };
const send = (path: string, body: BodyInit | null, method = 'POST') =>
  bench.gateway.fetch(new Request(`http://gateway${path}`, { method, ...(body !== null && { body }), ...(body instanceof ReadableStream && { duplex: 'half' }) } as RequestInit));

interface Told {
  readonly type?: string;
  readonly error: { readonly type: string; readonly message: string; readonly param?: string };
}

async function refused(path: string, body: BodyInit | null, status = 400): Promise<Told['error']> {
  const response = await send(path, body);
  const told = (await response.json()) as Told;
  expect(response.status, JSON.stringify(told)).toBe(status);
  if (path === '/v1/messages') expect(told).toEqual({ type: 'error', error: { type: told.error.type, message: told.error.message }, request_id: null });
  else expect(Object.keys(told.error)).toEqual(['message', 'type', 'param', 'code']);
  return told.error;
}

describe.each(doors)('a bad request to %s', (path) => {
  it.each([
    ['', /parse the JSON/],
    ['{"model":', /parse the JSON/],
    ['[]', /must be a JSON object/],
    ['null', /must be a JSON object/],
    ['{}', /^model: /],
    [JSON.stringify({ ...good, model: 7 }), /^model: /],
    [JSON.stringify({ ...good, messages: 'hi' }), /^messages: /],
    [JSON.stringify({ ...good, messages: [] }), /^messages: must not be empty$/],
    [JSON.stringify({ model: 'cascade' }), /^messages: is missing$/],
    [JSON.stringify({ ...good, messages: [{ role: 'wizard', content: 'x' }] }), /^messages\[0\]\.role: /],
    [JSON.stringify({ ...good, messages: [{ role: 'user', content: '' }] }), /^messages\[0\]\.content: /],
    [JSON.stringify({ ...good, messages: [{ role: 'user', content: [{ type: 'text', text: 7 }] }] }), /^messages\[0\]\.content\[0\]\.text: /],
    [JSON.stringify({ ...good, max_tokens: 1e308 }), /^max_tokens: /],
    [JSON.stringify({ ...good, temperature: -1 }), /^temperature: /],
    [JSON.stringify({ ...good, tools: [{ type: 'function' }] }), /^tools\[0\]\./],
    [`{"model":"cascade","x":${'['.repeat(20_000)}${']'.repeat(20_000)}}`, /deeper than 100/],
  ])('is told where it is wrong: %.60s', async (body, message) => {
    expect((await refused(path, body)).message).toMatch(message);
  });

  it('is told that it is too large, announced or not, and that it is too slow', async () => {
    await refused(path, JSON.stringify({ ...good, pad: 'x'.repeat(100_000) }), 413);
    const endless = new ReadableStream({ pull: (controller) => controller.enqueue(new Uint8Array(50_000).fill(32)) });
    await refused(path, endless, 413);
    const slow = new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('{')) });
    expect((await refused(path, slow, 408)).message).toContain('200 ms');
    await refused(path, new Uint8Array([0x7b, 0xff, 0xfe, 0x7d]));
  });

  it('is told when it names no model there is', async () => {
    expect((await refused(path, JSON.stringify({ ...good, model: 'gpt-99' }), 404)).message).toContain('"gpt-99" does not exist');
    expect((await refused(path, JSON.stringify({ ...good, model: '__proto__' }), 404)).message).toContain('does not exist');
  });

  it('never becomes a fault of the gateway, whatever is in the body', async () => {
    const random = seededRandom(7);
    const pick = <Value>(values: readonly Value[]) => values[Math.floor(random.next() * values.length)] as Value;
    const junk = [null, true, -1, 1e308, '', 'x', '\u0000', [], [null], {}, { type: 'text' }, { role: 'user' }, [{ role: 'user', content: 'hi' }], [{ role: 'tool' }], '\ud800'];
    const fields = ['model', 'messages', 'stream', 'tools', 'tool_choice', 'response_format', 'n', 'stop', 'stop_sequences', 'metadata', 'system', 'thinking', 'logprobs', 'top_logprobs', 'user', 'temperature', 'stream_options', '__proto__', 'constructor'];
    for (let round = 0; round < 2000; round++) {
      const body: Record<string, unknown> = random.next() < 0.5 ? { ...good, model: 'nobody' } : {};
      for (let count = 0; count < 4; count++) Object.defineProperty(body, pick(fields), { value: pick(junk), enumerable: true, configurable: true, writable: true });
      const text = JSON.stringify(body);
      const response = await send(path, random.next() < 0.2 ? text.slice(0, Math.floor(random.next() * text.length)) : text);
      expect(response.status, text).toBeGreaterThanOrEqual(400);
      expect(response.status, text).toBeLessThan(500);
      await response.text();
    }
    expect(bench.gateway.active).toBe(0);
  });
});

describe('paths and hints', () => {
  it('answers unknown paths and methods in the vendor\'s shape', async () => {
    expect((await send('/v1/nothing', '{}')).status).toBe(404);
    expect((await send('/v1/chat/completions', null, 'GET')).status).toBe(405);
    expect((await send('/v1/models/%ff', null, 'GET')).status).toBe(400);
    expect(await (await send('/health', null, 'GET')).json()).toEqual({ status: 'ok' });
  });

  it.each([
    ['x-cascade-quality', 'best', 400],
    ['x-cascade-quality', '1.5', 400],
    ['x-cascade-deadline-ms', 'soon', 400],
    ['x-cascade-session', 'x'.repeat(300), 400],
    ['x-cascade-quality', 'strict', 200],
    ['x-cascade-quality', '0.7', 200],
  ])('reads %s: %.10s', async (name, value, status) => {
    const response = await bench.gateway.fetch(new Request('http://gateway/v1/chat/completions', { method: 'POST', body: JSON.stringify(good), headers: { [name]: value } }));
    expect(response.status).toBe(status);
  });

  it('names hints it does not know, and tells the decision in the body on request', async () => {
    const headers = { 'x-cascade-qualty': 'strict', 'x-cascade-details': 'true', 'x-cascade-tag': 'team-a' };
    const response = await bench.gateway.fetch(new Request('http://gateway/v1/chat/completions', { method: 'POST', body: JSON.stringify(good), headers }));
    expect(response.headers.get('x-cascade-warning')).toMatch(/^x-cascade-qualty is no hint/);
    expect(await response.json()).toMatchObject({ cascade: { model: 'small', accepted: true, probability: 0.9, threshold: 0.5 } });
  });

  it('writes exactly this stream', async () => {
    bench.stub.enqueue({ text: 'Hello there.', usage: { input: 5, output: 3 } });
    const body = JSON.stringify({ ...good, stream: true, stream_options: { include_usage: true } });
    const response = await send('/v1/chat/completions', body);
    expect(response.headers.get('x-cascade-model')).toBe('small');
    expect(response.headers.get('x-cascade-probability')).toBe('0.9');
    const text = (await response.text()).replaceAll(/chatcmpl-[\w-]+/g, 'ID').replaceAll(/"created":\d+/g, '"created":0');
    const head = 'data: {"id":"ID","object":"chat.completion.chunk","created":0,"model":"small","choices":[';
    expect(text).toBe(
      [
        `${head}{"index":0,"delta":{"role":"assistant","content":"","refusal":null},"logprobs":null,"finish_reason":null}],"usage":null}`,
        `${head}{"index":0,"delta":{"content":"Hello there."},"logprobs":null,"finish_reason":null}],"usage":null}`,
        `${head}{"index":0,"delta":{},"logprobs":null,"finish_reason":"stop"}],"usage":null}`,
        `${head}],"usage":{"prompt_tokens":5,"completion_tokens":3,"total_tokens":8,"prompt_tokens_details":{"cached_tokens":0},"completion_tokens_details":{"reasoning_tokens":0}}}`,
        'data: [DONE]',
        '',
      ].join('\n\n'),
    );
  });
});
