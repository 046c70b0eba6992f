import { once } from 'node:events';
import { createServer, request as httpRequest, type Server } from 'node:http';
import { type AddressInfo, connect, type Socket } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import type { Reply } from '@cascadeflow/gateway';
import { serveAnswers } from './node-listener.ts';

/** A machine with other work to do is no failure. */
const eventually = (check: () => void) => vi.waitFor(check, 10_000);

let server: Server | undefined;
const sockets: Socket[] = [];
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await new Promise((resolve) => (server ? (server.close(resolve), server.closeAllConnections()) : resolve(undefined)));
  server = undefined;
});

async function toReply(response: Response): Promise<Reply> {
  const isStream = response.headers.get('content-type') === 'text/event-stream';
  return { status: response.status, headers: Object.fromEntries(response.headers), body: isStream ? response.body : response.body && (await response.text()) };
}

async function serve(fetch: (request: Request) => Promise<Response>): Promise<string> {
  server = createServer();
  serveAnswers(server, async (request) => toReply(await fetch(request as unknown as Request)));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A connection that shows what comes back, as it came. */
function dial(url: string, head: string) {
  const socket = connect({ port: Number(new URL(url).port), host: '127.0.0.1', allowHalfOpen: true });
  sockets.push(socket);
  const heard = { text: '', closed: false };
  socket.setEncoding('latin1').on('data', (piece: string) => (heard.text += piece));
  socket.on('error', () => {});
  for (const end of ['end', 'close']) socket.on(end, () => (heard.closed = true));
  socket.write(head);
  return { socket, heard };
}

const readAll = async (request: Request) => {
  const reader = request.body?.getReader();
  let size = 0;
  for (let piece = await reader?.read(); piece && !piece.done; piece = await reader?.read()) size += piece.value.byteLength;
  return size;
};

/** A stream that says whether it was cancelled, and how often it was asked for more. */
function endless(pieceBytes = 1) {
  const seen = { pulls: 0, cancelled: false };
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      seen.pulls++;
      controller.enqueue(new Uint8Array(pieceBytes).fill(97));
    },
    cancel: () => void (seen.cancelled = true),
  });
  return { seen, response: () => new Response(body, { headers: { 'content-type': 'text/event-stream' } }) };
}

it('hands over method, path, headers and a large body, and keeps the connection for the next request', async () => {
  const url = await serve(async (request) => Response.json([request.method, new URL(request.url).pathname, request.headers.get('X-Tag'), await readAll(request)]));
  const body = 'ü'.repeat(4_000_000);
  const first = await fetch(`${url}/a?b`, { method: 'POST', headers: { 'x-tag': 'one' }, body });
  expect(await first.json()).toEqual(['POST', '/a', 'one', 8_000_000]);
  const { socket, heard } = dial(url, 'GET /b HTTP/1.1\r\nhost: a/../admin?x\r\nX-TAG: two\r\n\r\n');
  await eventually(() => expect(heard.text).toContain('["GET","/b","two",0]'));
  socket.write('GET /c HTTP/1.1\r\nhost: x\r\n\r\n');
  await eventually(() => expect(heard.text).toContain('["GET","/c",null,0]'));
});

it('answers HEAD and 204 without a body, and what is no address with 400', async () => {
  const url = await serve(async (request) => (request.method === 'HEAD' ? Response.json({ a: 1 }) : new Response(null, { status: 204 })));
  const head = await fetch(url, { method: 'HEAD' });
  expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '7', '']);
  const { socket, heard } = dial(url, 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n');
  await eventually(() => expect(heard.text).toMatch(/^HTTP\/1\.1 204 No Content\r\n(?:[^\r]+\r\n)*\r\n$/));
  expect(heard.text.toLowerCase()).not.toContain('content-length');
  socket.write('OPTIONS * HTTP/1.1\r\nhost: x\r\n\r\n');
  await eventually(() => expect(heard.text).toContain('HTTP/1.1 400'));
});

it('answers 500 when the handler fails before the head, and breaks the connection after it', async () => {
  const url = await serve(async (request) => {
    if (request.url.endsWith('/before')) throw new Error('broken');
    return new Response(new ReadableStream({ pull: (controller) => (controller.enqueue(new TextEncoder().encode('data: 1\n\n')), controller.error(new Error('broken'))) }), { headers: { 'content-type': 'text/event-stream' } });
  });
  expect((await fetch(`${url}/before`)).status).toBe(500);
  await expect(fetch(`${url}/after`).then((response) => response.text())).rejects.toThrow();
});

it('tells the handler that the client has gone, before and within the answer', async () => {
  let gone = 0;
  const stream = endless(3);
  const url = await serve(async (request) => {
    request.signal.addEventListener('abort', () => gone++);
    if (request.url.endsWith('/stream')) return stream.response();
    return new Promise(() => {});
  });
  const waiting = dial(url, 'GET /wait HTTP/1.1\r\nhost: x\r\n\r\n');
  const reading = dial(url, 'GET /stream HTTP/1.1\r\nhost: x\r\n\r\n');
  await eventually(() => expect(reading.heard.text).toContain('aaa'));
  waiting.socket.resetAndDestroy();
  reading.socket.resetAndDestroy();
  await eventually(() => expect([gone, stream.seen.cancelled]).toEqual([2, true]));
});

it('gives up a stream whose client had gone before it began', async () => {
  const stream = endless();
  let begin = () => {};
  const url = await serve(async (request) => {
    await new Promise<void>((resolve) => ((begin = resolve), request.signal.addEventListener('abort', () => resolve())));
    return stream.response();
  });
  const { socket } = dial(url, 'GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  await new Promise((resolve) => setTimeout(resolve, 20));
  socket.resetAndDestroy();
  await eventually(() => expect(stream.seen.cancelled).toBe(true));
  begin();
});

it('makes no more than a slow reader takes', async () => {
  const stream = endless(64 * 1024);
  const url = await serve(async () => stream.response());
  const { socket, heard } = dial(url, '');
  socket.pause();
  socket.write('GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  // The buffers of both ends of the connection fill, then nothing moves.
  let before = -1;
  await vi.waitFor(() => {
    const [last, now] = [before, (before = stream.seen.pulls)];
    expect(now).toBeGreaterThan(0);
    expect(now).toBe(last);
  }, { interval: 200, timeout: 10_000 });
  const held = stream.seen.pulls;
  expect(held).toBeLessThan(400);
  socket.resume();
  await eventually(() => expect(stream.seen.pulls).toBeGreaterThan(held + 50));
  expect(heard.closed).toBe(false);
});

it('ends what a half-closed client had asked for', async () => {
  let aborted = false;
  const url = await serve((request) => new Promise(() => request.signal.addEventListener('abort', () => (aborted = true))));
  const { socket, heard } = dial(url, 'GET / HTTP/1.1\r\nhost: x\r\n\r\n');
  socket.end();
  await eventually(() => expect([aborted, heard.closed]).toEqual([true, true]));
});

it('lets a client that is still sending read why its body was refused', async () => {
  const url = await serve(async () => Response.json({ error: 'too large' }, { status: 413 }));
  const size = 20_000_000;
  const refused = await new Promise<string>((resolve, reject) => {
    const outgoing = httpRequest(url, { method: 'POST', headers: { 'content-length': size } }, (incoming) => {
      incoming.setEncoding('utf8').on('data', (text: string) => resolve(`${incoming.statusCode} ${text}`));
    });
    outgoing.on('error', reject);
    outgoing.end(Buffer.alloc(size));
  });
  expect(refused).toBe('413 {"error":"too large"}');
  // One that never ends is hung up on.
  const { heard } = dial(url, 'POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nabc');
  await vi.waitFor(() => expect([heard.text.slice(0, 12), heard.closed]).toEqual(['HTTP/1.1 413', true]), 10_000);
});

it('asks for an announced body only when it is wanted', async () => {
  const url = await serve(async (request) => (request.headers.has('authorization') ? new Response(String(await readAll(request))) : new Response('no', { status: 401 })));
  const head = (more: string) => `POST / HTTP/1.1\r\nhost: x\r\n${more}expect: 100-continue\r\ncontent-length: 5\r\n\r\n`;
  const refused = dial(url, head(''));
  await eventually(() => expect(refused.heard.text).toMatch(/^HTTP\/1\.1 401/));
  const wanted = dial(url, head('authorization: x\r\n'));
  await eventually(() => expect(wanted.heard.text).toBe('HTTP/1.1 100 Continue\r\n\r\n'));
  wanted.socket.write('hello');
  await eventually(() => expect(wanted.heard.text).toMatch(/HTTP\/1\.1 200 OK[^]*\r\n\r\n5$/));
});

it('answers a request that would like another protocol in this one', async () => {
  const url = await serve(async () => new Response('plain'));
  const { heard } = dial(url, 'GET / HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: websocket\r\n\r\n');
  await eventually(() => expect(heard.text).toMatch(/^HTTP\/1\.1 200 OK[^]*plain$/));
});
