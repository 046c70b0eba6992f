/**
 * A process that plays the upstream: it answers Chat Completions from bytes made beforehand, so that it takes as little of the machine as a
 * Node server can. The model `held` starts its stream and ends it when `POST /release` is called.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

const text = 'The capital of Australia is Canberra, which became the seat of government in 1927.';
const usage = { prompt_tokens: 14, completion_tokens: 18, total_tokens: 32 };
const head = { id: 'chatcmpl-1', created: 1_700_000_000, model: 'small' };

const whole = JSON.stringify({ ...head, object: 'chat.completion', choices: [{ index: 0, message: { role: 'assistant', content: text, refusal: null }, logprobs: null, finish_reason: 'stop' }], usage });

const toFrame = (choices: readonly object[], rest: object = {}) => `data: ${JSON.stringify({ ...head, object: 'chat.completion.chunk', choices, ...rest })}\n\n`;
const toDelta = (delta: object, finish: string | null = null) => toFrame([{ index: 0, delta, finish_reason: finish }]);
const words = text.split(/(?<= )/).map((word) => toDelta({ content: word }));
const opening = toDelta({ role: 'assistant', content: '' }) + words[0];
const closing = `${words.slice(1).join('')}${toDelta({}, 'stop')}${toFrame([], { usage })}data: [DONE]\n\n`;
const stream = opening + closing;

const held = new Set<ServerResponse>();

function answer(path: string, body: string, response: ServerResponse): void {
  if (path === '/release') {
    for (const waiting of held) waiting.end(closing);
    return void response.end(String(held.size));
  }
  if (!body.includes('"stream":true')) {
    response.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(whole) });
    return void response.end(whole);
  }
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  if (!body.includes('"model":"held"')) return void response.end(stream);
  held.add(response);
  response.on('close', () => held.delete(response));
  response.write(opening);
}

const server = createServer({ keepAliveTimeout: 600_000 }, (request: IncomingMessage, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (piece: string) => (body += piece));
  request.on('end', () => answer(request.url ?? '/', body, response));
});
server.listen({ port: 0, host: '127.0.0.1', backlog: 8192 }, () => {
  process.stdout.write(`http://127.0.0.1:${(server.address() as AddressInfo).port}\n`);
});
