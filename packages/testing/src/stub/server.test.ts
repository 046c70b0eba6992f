import { afterEach, describe, expect, it } from 'vitest';
import { refusedUrl } from './closed-port.ts';
import type { StubReply } from './reply.ts';
import { startStub, type Stub, type StubOptions } from './server.ts';
import { modelTiming } from './timing.ts';

let stub: Stub;
afterEach(() => stub.close());

async function start(options?: StubOptions): Promise<void> {
  stub = await startStub(options);
}

function ask(body: object = {}, init: RequestInit = {}): Promise<Response> {
  return fetch(`${stub.baseURL}/chat/completions`, {
    method: 'POST',
    body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content: 'Hi' }], ...body }),
    ...init,
  });
}

/** The `data:` lines of a stream, parsed, `[DONE]` left as it is. */
async function stream(body: object = {}): Promise<unknown[]> {
  const text = await (await ask({ stream: true, ...body })).text();
  return text.split('\n\n').filter(Boolean).map((line) => (line === 'data: [DONE]' ? '[DONE]' : JSON.parse(line.slice(6))));
}

describe('OpenAI wire', () => {
  it('answers in one piece', async () => {
    await start({ answer: (request) => `${request.model} heard ${request.prompt}` });
    const body = await (await ask()).json();
    expect(body).toMatchObject({
      id: 'chatcmpl-0',
      object: 'chat.completion',
      model: 'm',
      choices: [{ index: 0, message: { role: 'assistant', content: 'm heard Hi' }, finish_reason: 'stop', logprobs: null }],
      usage: { completion_tokens: 3 },
    });
  });

  it('streams role, text, finish reason, usage when asked for, and DONE', async () => {
    await start();
    stub.enqueue({ text: 'Grüße 你好', usage: { input: 10, cachedInput: 90, output: 5, reasoning: 7 } });
    const events = (await stream({ stream_options: { include_usage: true } })) as { choices: { delta: object; finish_reason: unknown }[]; usage: unknown }[];
    expect(events.map((event) => event.choices?.[0]?.delta ?? 'none')).toEqual([
      { role: 'assistant', content: '' }, { content: 'Grüße' }, { content: ' 你好' }, {}, 'none', 'none',
    ]);
    expect(events[3]?.choices[0]?.finish_reason).toBe('stop');
    expect(events[3]?.usage).toBeNull();
    expect(events[4]?.usage).toMatchObject({
      prompt_tokens: 100,
      completion_tokens: 12,
      prompt_tokens_details: { cached_tokens: 90 },
      completion_tokens_details: { reasoning_tokens: 7 },
    });
    expect(events[5]).toBe('[DONE]');
    stub.enqueue('Hi.');
    expect(JSON.stringify(await stream())).not.toContain('usage');
  });

  it('streams tool calls in pieces', async () => {
    await start();
    stub.enqueue({ toolCalls: [{ name: 'weather', arguments: { city: 'Paris' } }, { name: 'time', arguments: '{}' }] });
    const events = (await stream()) as { choices: { delta: { tool_calls?: { index: number; id?: string; function: { name?: string; arguments: string } }[] }; finish_reason: unknown }[] }[];
    const pieces = events.flatMap((event) => event.choices?.[0]?.delta.tool_calls ?? []);
    expect(pieces.filter((piece) => piece.id !== undefined).map((piece) => piece.function.name)).toEqual(['weather', 'time']);
    expect(pieces.filter((piece) => piece.index === 0).map((piece) => piece.function.arguments).join('')).toBe('{"city":"Paris"}');
    expect(events.at(-2)?.choices[0]?.finish_reason).toBe('tool_calls');
  });

  it('gives logprobs when asked for, and n choices', async () => {
    await start();
    const reply: StubReply = {
      text: 'Yes sir',
      logprobs: [{ token: 'Yes', logprob: -0.1, top: [{ token: 'No', logprob: -2 }] }, { token: ' sir', logprob: -0.5 }],
      alternatives: [{ text: 'No' }],
    };
    stub.enqueue(reply, reply, reply);
    const whole = (await (await ask({ n: 2, logprobs: true, top_logprobs: 1 })).json()) as {
      choices: { message: { content: string }; logprobs: { content: object[] } | null }[];
    };
    expect(whole.choices.map((choice) => choice.message.content)).toEqual(['Yes sir', 'No']);
    expect(whole.choices[0]?.logprobs?.content[0]).toEqual({
      token: 'Yes', logprob: -0.1, bytes: [89, 101, 115], top_logprobs: [{ token: 'No', logprob: -2, bytes: [78, 111] }],
    });
    const spread = (await stream({ logprobs: true })) as { choices: { logprobs: { content: object[] } | null }[] }[];
    expect(spread.map((event) => event.choices?.[0]?.logprobs?.content.length ?? 0)).toEqual([0, 1, 1, 0, 0]);
    expect(JSON.stringify(await stream())).not.toContain('-0.1');
  });

  it('lists models, embeds, and objects like the vendor', async () => {
    await start({ models: ['m', 'n'], apiKey: 'k' });
    const get = (path: string) => fetch(stub.baseURL + path, { headers: { authorization: 'Bearer k' } });
    expect(await (await get('/models')).json()).toMatchObject({ data: [{ id: 'm' }, { id: 'n' }] });
    expect((await get('/models/x')).status).toBe(404);
    expect((await get('/unknown')).status).toBe(404);
    const headers = { authorization: 'Bearer k' };
    const vectors = await fetch(`${stub.baseURL}/embeddings`, { method: 'POST', headers, body: JSON.stringify({ model: 'e', input: ['a b', 'a b'] }) });
    const { data } = (await vectors.json()) as { data: { embedding: number[] }[] };
    expect(data[0]?.embedding).toEqual(data[1]?.embedding);
    expect(Math.hypot(...(data[0]?.embedding ?? []))).toBeCloseTo(1);
    expect(await (await ask()).json()).toMatchObject({ error: { code: 'invalid_api_key' } });
    expect(await (await ask({ model: 'z' }, { headers })).json()).toMatchObject({ error: { code: 'model_not_found' } });
    expect((await ask({ messages: [] }, { headers })).status).toBe(400);
  });

  it('says when the answerer threw', async () => {
    await start({ answer: () => { throw new Error('no script'); } });
    const response = await ask();
    expect(response.status).toBe(500);
    expect(await response.text()).toContain('no script');
  });
});

describe('faults', () => {
  it('answers with a status, in the vendor\'s shape, and a time to wait', async () => {
    await start();
    stub.enqueue({ fault: { type: 'status', status: 429, retryAfter: 7 } }, { fault: { type: 'status', status: 502, body: '<html>' } });
    const limited = await ask();
    expect([limited.status, limited.headers.get('retry-after')]).toEqual([429, '7']);
    expect(await limited.json()).toMatchObject({ error: { type: 'rate_limit_error' } });
    expect(await (await ask()).text()).toBe('<html>');
  });

  it('resets before and in mid-body', async () => {
    await start();
    stub.enqueue({ fault: { type: 'reset' } }, { text: 'one two three', fault: { type: 'reset', afterChunks: 1 } });
    await expect(ask()).rejects.toThrow();
    const response = await ask({ stream: true });
    await expect(response.text()).rejects.toThrow();
    expect(stub.requests.map((request) => request.outcome)).toEqual(['broken', 'broken']);
    expect(stub.requests[1]?.chunksSent).toBe(1);
  });

  it('cuts a stream cleanly and uncleanly', async () => {
    await start();
    stub.enqueue(
      { text: 'one two three', fault: { type: 'cut', afterChunks: 2 } },
      { text: 'one two three', fault: { type: 'cut', afterChunks: 2, clean: false } },
    );
    const text = await (await ask({ stream: true })).text();
    expect(text).toContain(' two');
    expect(text).not.toContain('three');
    expect(text).not.toContain('finish_reason":"stop"');
    await expect((await ask({ stream: true })).text()).rejects.toThrow();
  });

  it('sends what is not JSON, and an error in mid-stream', async () => {
    await start();
    const malformed: StubReply = { text: 'one two', fault: { type: 'malformed', afterChunks: 1 } };
    const error: StubReply = { text: 'one two', fault: { type: 'error-event', afterChunks: 1, message: 'overloaded' } };
    stub.enqueue(malformed, malformed, error, error);
    expect(await (await ask({ stream: true })).text()).toMatch(/"one"[^]*"del\n\n$/u);
    await expect((await ask()).json()).rejects.toThrow();
    expect(await (await ask({ stream: true })).text()).toMatch(/"one"[^]*"overloaded"/u);
    expect((await ask()).status).toBe(500);
  });

  it('hangs until the client goes, and notices within 50 ms', async () => {
    await start();
    stub.enqueue({ fault: { type: 'hang' } }, { text: 'one two', fault: { type: 'hang', afterChunks: 1 } });
    for (const index of [0, 1]) {
      const abort = new AbortController();
      const hung = ask({ stream: true }, { signal: abort.signal }).then((response) => response.text());
      while (stub.requests.length <= index) await new Promise((resolve) => setTimeout(resolve, 5));
      await new Promise((resolve) => setTimeout(resolve, 20));
      expect([stub.active, stub.openSockets]).toEqual([1, 1]);
      const abortedAt = performance.now();
      abort.abort();
      await expect(hung).rejects.toThrow();
      await stub.requests[index]?.ended;
      expect(stub.requests[index]?.outcome).toBe('left');
      expect((stub.requests[index]?.endedAt ?? 0) - abortedAt).toBeLessThan(50);
    }
    expect(stub.active).toBe(0);
  });

  it('splits bytes anywhere, inside a character too', async () => {
    await start();
    stub.enqueue({ text: '你好', split: 1 });
    const response = await ask();
    const sizes: number[] = [];
    const decoder = new TextDecoder();
    let text = '';
    for await (const bytes of response.body!) {
      sizes.push(bytes.length);
      text += decoder.decode(bytes, { stream: true });
    }
    // A client may join neighbours, but not many.
    expect(sizes.filter((size) => size === 1).length).toBeGreaterThan(sizes.length / 2);
    expect(JSON.parse(text)).toMatchObject({ choices: [{ message: { content: '你好' } }] });
  });

  it('refuses connections where nobody listens', async () => {
    await start();
    await expect(fetch(await refusedUrl())).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  });

  it('takes its time, the same for a seed', async () => {
    const draw = () => { const next = modelTiming({ seed: 4, firstTokenMs: 300, perTokenMs: 20 })(); return [next.firstChunkMs, (next.chunkMs as (index: number) => number)(1)]; };
    expect(draw()).toEqual(draw());
    await start({ timing: { firstChunkMs: 30, chunkMs: 15 } });
    stub.enqueue('a b c', 'a b c');
    for (const streamed of [true, false]) {
      const start = performance.now();
      await (await ask({ stream: streamed })).text();
      expect(performance.now() - start).toBeGreaterThanOrEqual(58);
    }
  });
});

describe('lifecycle', () => {
  it('records what was asked, and forgets when told', async () => {
    await start();
    await (await ask({}, { headers: { 'x-trace': '1' } })).text();
    await stub.requests[0]?.ended;
    expect(stub.requests[0]).toMatchObject({ method: 'POST', path: '/v1/chat/completions', outcome: 'answered', chunksSent: 1 });
    expect(stub.requests[0]?.headers['x-trace']).toBe('1');
    stub.clear();
    expect(stub.requests).toEqual([]);
  });

  it('closes with clients hanging', async () => {
    await start({ answer: () => ({ fault: { type: 'hang' } }) });
    const hung = expect(ask()).rejects.toThrow();
    while (stub.active === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await stub.close();
    await hung;
    expect(stub.openSockets).toBe(0);
  });
});
