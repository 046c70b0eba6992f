import type { Message, ModelEvent, ModelRequest } from '@cascadeflow/contract';
import { measureClose, ollamaDialect, type RawServer, startRawServer, startStub } from '@cascadeflow/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ollama, type OllamaOptions } from './ollama.ts';

/** A streamed answer with thinking, text, a tool call and log probabilities, after the vendor's API page. */
const stream = [
  { message: { role: 'assistant', content: '', thinking: 'Which city?' }, done: false },
  { message: { role: 'assistant', content: 'Köln ' }, logprobs: [{ token: 'Köln ', logprob: -0.5, top_logprobs: [{ token: 'Köln ', logprob: -0.5 }, { token: 'Rom', logprob: -1.25 }] }], done: false },
  { message: { role: 'assistant', content: '🌦' }, done: false },
  { message: { role: 'assistant', content: '', tool_calls: [{ function: { name: 'weather', arguments: { city: 'Köln' } } }] }, done: false },
  { message: { role: 'assistant', content: '' }, done: true, done_reason: 'stop', total_duration: 5, load_duration: 1, prompt_eval_count: 26, prompt_eval_duration: 1, eval_count: 290, eval_duration: 3 },
]
  .map((line) => `${JSON.stringify({ model: 'llama3.2', created_at: '2026-01-01T00:00:00Z', ...line })}\n`)
  .join('');

const user: Message = { role: 'user', content: 'Weather?' };
let server: RawServer;
let reply = stream;
let splitAt: readonly number[] | undefined;
beforeEach(async () => {
  reply = stream;
  splitAt = undefined;
  server = await startRawServer(() => ({ headers: { 'content-type': 'application/x-ndjson' }, body: reply, ...(splitAt && { splitAt }) }));
});
afterEach(() => server.close());

async function ask(request: Partial<ModelRequest> = {}, options: OllamaOptions = {}, model = 'llama3.2'): Promise<ModelEvent[]> {
  const events: ModelEvent[] = [];
  for await (const event of ollama({ baseURL: server.url, ...options }).model(model).stream({ messages: [user], ...request })) events.push(event);
  return events;
}
const sent = () => server.requests.at(-1)?.body;

describe('ollama()', () => {
  it('sends a request in the native form', async () => {
    const schema = { type: 'object', properties: { city: { type: 'string' } } };
    const messages: readonly Message[] = [
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: [{ type: 'text', text: 'Look.' }, { type: 'image', url: 'data:image/png;base64,AA==' }, { type: 'image', url: 'https://example.com/a.png' }] },
      { role: 'assistant', content: '', toolCalls: [{ id: 'call_1', name: 'weather', arguments: '{"city":"Rome"}' }] },
      { role: 'tool', toolCallId: 'call_1', content: '20 °C' },
    ];
    const end = (
      await ask(
        { messages, temperature: 0, topP: 0.9, maxTokens: 50, stop: ['END'], seed: 3, topLogprobs: 2, reasoningEffort: 'high', toolChoice: 'required', tools: [{ name: 'weather', parameters: schema }], responseFormat: { type: 'json-schema', schema }, extra: { options: { num_gpu: 1 }, raw: true } },
        { keepAlive: '10m', contextLength: 8192 },
      )
    ).at(-1);
    expect(sent()).toEqual({
      model: 'llama3.2',
      stream: true,
      keep_alive: '10m',
      think: true,
      logprobs: true,
      top_logprobs: 2,
      raw: true,
      format: schema,
      options: { num_ctx: 8192, num_predict: 50, temperature: 0, top_p: 0.9, stop: ['END'], seed: 3, num_gpu: 1 },
      tools: [{ type: 'function', function: { name: 'weather', description: '', parameters: schema } }],
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Look.', images: ['AA=='] },
        { role: 'assistant', content: '', tool_calls: [{ function: { name: 'weather', arguments: { city: 'Rome' } } }] },
        { role: 'tool', tool_name: 'weather', content: '20 °C' },
      ],
    });
    expect(end?.type === 'end' && end.warnings).toEqual([
      'an image is left out: the server takes bytes, not addresses',
      'toolChoice is not sent: the server cannot make a model call a tool',
    ]);
  });

  it('says how hard to think in the words each model takes', async () => {
    await ask({ reasoningEffort: 'minimal' }, {}, 'gpt-oss:20b');
    expect(sent()).toMatchObject({ think: 'low' });
    await ask({ reasoningEffort: 'none' });
    expect(sent()).toMatchObject({ think: false });
  });

  it('reads thinking, text, log probabilities, tool calls and counts, wherever the bytes are split', async () => {
    const whole = await ask();
    expect(whole).toEqual([
      { type: 'reasoning-delta', text: 'Which city?' },
      { type: 'text-delta', text: 'Köln ' },
      { type: 'logprobs', tokens: [{ token: 'Köln ', logprob: -0.5, top: [{ token: 'Köln ', logprob: -0.5 }, { token: 'Rom', logprob: -1.25 }] }] },
      { type: 'text-delta', text: '🌦' },
      { type: 'tool-call-start', id: expect.stringMatching(/^call_/), name: 'weather' },
      { type: 'tool-call', call: { id: expect.stringMatching(/^call_/), name: 'weather', arguments: '{"city":"Köln"}' } },
      { type: 'end', finishReason: { unified: 'tool-calls', raw: 'stop' }, usage: { input: 26, output: 290 }, servedModel: 'llama3.2' },
    ]);
    splitAt = Array.from({ length: Buffer.byteLength(reply) - 1 }, (_, index) => index + 1);
    expect(await ask()).toEqual(whole);
  });

  it('tells a cut stream, and an error inside it', async () => {
    reply = stream.slice(0, stream.lastIndexOf('{"model"'));
    await expect(ask()).rejects.toMatchObject({ kind: 'cut' });
    reply = '{"model":"m","message":{"role":"assistant","content":"x"},"done":false}\n{"error":"an error was encountered while running the model"}\n';
    await expect(ask()).rejects.toMatchObject({ kind: 'server', provider: 'ollama' });
  });

  it('says which models are there, and costs nothing on one’s own machine', async () => {
    const stub = await startStub({ dialects: [ollamaDialect], models: ['llama3.2', 'qwen3'] });
    expect(await ollama({ baseURL: stub.url }).models()).toEqual(['llama3.2', 'qwen3']);
    await stub.close();
    expect(ollama().price?.('llama3.2')).toMatchObject({ input: 0, output: 0 });
    expect(ollama({ prices: { 'llama3.2': 0.001 } }).price?.('llama3.2')).toEqual({ input: 1, output: 1 });
    expect(ollama({ baseURL: 'https://ollama.com', apiKey: 'k' }).price?.('gpt-oss:120b')).toBeUndefined();
  });

  it('closes the connection within 50 ms of an abort', async () => {
    const stub = await startStub({ dialects: [ollamaDialect] });
    const model = ollama({ baseURL: stub.url }).model('m');
    expect(await measureClose(stub, model, 'in-text')).toBeLessThan(50);
    expect(await measureClose(stub, model, 'before-text')).toBeLessThan(50);
    await stub.close();
  });
});
