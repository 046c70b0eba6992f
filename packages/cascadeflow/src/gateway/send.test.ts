import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { Agent, type Dispatcher } from 'undici';
import { afterEach, expect, it, vi } from 'vitest';
import { createSend } from './send.ts';

/** A machine with other work to do is no failure. */
const eventually = (check: () => void) => vi.waitFor(check, 10_000);

let server: Server | undefined;
let dispatcher: Agent | undefined;
afterEach(async () => {
  await dispatcher?.destroy();
  await new Promise((resolve) => (server ? (server.close(resolve), server.closeAllConnections()) : resolve(undefined)));
});

async function open(answer: (incoming: IncomingMessage, outgoing: ServerResponse) => void) {
  server = createServer(answer);
  await once(server.listen(0, '127.0.0.1'), 'listening');
  dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0 });
  const send = createSend(dispatcher);
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1/chat?a=b`;
  return (signal = new AbortController().signal, to = url) => send(to, { method: 'POST', headers: { 'x-key': 'k' }, body: '{"a":1}', signal });
}

it('sends a POST over a connection that is kept, and reads the answer', async () => {
  const connections = new Set<unknown>();
  const ask = await open((incoming, outgoing) => {
    connections.add(incoming.socket);
    let body = '';
    incoming.setEncoding('utf8').on('data', (piece: string) => (body += piece));
    incoming.on('end', () => {
      outgoing.setHeader('set-cookie', ['a=1', 'b=2']);
      outgoing.end(JSON.stringify([incoming.method, incoming.url, incoming.headers['x-key'], body]));
    });
  });
  for (let round = 0; round < 3; round++) {
    expect(JSON.parse(await (await ask()).text())).toEqual(['POST', '/v1/chat?a=b', 'k', '{"a":1}']);
    await new Promise((resolve) => setImmediate(resolve));
  }
  expect(connections.size).toBe(1);
});

it('loses nothing of a compressed answer whose body is looked at before it is read', async () => {
  const ask = await open((incoming, outgoing) => {
    incoming.resume();
    outgoing.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('unpacked piece by piece'));
  });
  const answer = await ask();
  expect(answer.body).not.toBeNull();
  const reader = answer.body!.getReader();
  let text = '';
  for (let piece = await reader.read(); !piece.done; piece = await reader.read()) text += Buffer.from(piece.value ?? []).toString();
  expect(text).toBe('unpacked piece by piece');
});

it('reads errors, empty answers, early hints and what is compressed without being asked', async () => {
  const ask = await open((incoming, outgoing) => {
    incoming.resume();
    if (incoming.url === '/429') return void outgoing.writeHead(429, { 'retry-after': '7' }).end('slow down');
    if (incoming.url === '/204') return void outgoing.writeHead(204).end();
    outgoing.writeEarlyHints({ link: '</a>; rel=preload' });
    outgoing.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('unpacked'));
  });
  const { port } = server!.address() as AddressInfo;
  const to = (path: string) => ask(undefined, `http://127.0.0.1:${port}${path}`);
  const limited = await to('/429');
  expect([limited.status, limited.headers.get('retry-after'), await limited.text()]).toEqual([429, '7', 'slow down']);
  expect([(await to('/204')).status, await (await to('/gzip')).text()]).toEqual([204, 'unpacked']);
});

it.each(['before the head', 'within the body'])('closes the upstream\'s connection when the request is aborted %s', async (moment) => {
  let isClosed = false;
  let asked = () => {};
  const arrived = new Promise<void>((resolve) => (asked = resolve));
  const ask = await open((incoming, outgoing) => {
    incoming.resume();
    incoming.socket.on('close', () => (isClosed = true));
    if (moment !== 'before the head') outgoing.writeHead(200).write('first');
    asked();
  });
  const controller = new AbortController();
  const response = ask(controller.signal);
  await arrived;
  if (moment === 'before the head') {
    controller.abort(new Error('gone'));
    await expect(response).rejects.toThrow('gone');
  } else {
    const reader = (await response).body!.getReader();
    await reader.read();
    controller.abort(new Error('gone'));
    await expect(reader.read()).rejects.toThrow('gone');
  }
  await eventually(() => expect(isClosed).toBe(true));
});

it('lets go of a request that waits for its connection, and refuses one that was aborted before', async () => {
  const handlers: Dispatcher.DispatchHandler[] = [];
  const busy = { dispatch: (_: unknown, handler: Dispatcher.DispatchHandler) => handlers.push(handler) > 0 } as unknown as Dispatcher;
  const ask = (signal: AbortSignal) => createSend(busy)('http://127.0.0.1:9/', { method: 'POST', headers: {}, body: '', signal });
  const controller = new AbortController();
  const waiting = ask(controller.signal);
  controller.abort(new Error('gone'));
  await expect(waiting).rejects.toThrow('gone');
  const abort = vi.fn();
  handlers[0]?.onRequestStart?.({ abort } as unknown as Dispatcher.DispatchController, {});
  expect(abort).toHaveBeenCalledOnce();
  await expect(ask(AbortSignal.abort(new Error('before')))).rejects.toThrow('before');
  expect(handlers).toHaveLength(1);
});

it('stops the upstream while nobody reads', async () => {
  let written = 0;
  const ask = await open((incoming, outgoing) => {
    incoming.resume();
    const piece = Buffer.alloc(64 * 1024, 'a');
    const write = () => {
      do written++;
      while (outgoing.write(piece));
    };
    outgoing.on('drain', write);
    write();
  });
  const controller = new AbortController();
  const reader = (await ask(controller.signal)).body!.getReader();
  let before = -1;
  await vi.waitFor(() => {
    const last = before;
    before = written;
    expect(written).toBe(last);
  }, { interval: 200, timeout: 10_000 });
  const held = written;
  for (let read = 0; read < held * 70_000; ) read += (await reader.read()).value!.byteLength;
  await eventually(() => expect(written).toBeGreaterThan(held));
  controller.abort();
});

it('breaks where the upstream breaks', async () => {
  const ask = await open((incoming, outgoing) => {
    incoming.resume();
    outgoing.writeHead(200).write('half');
    setTimeout(() => outgoing.destroy(), 20);
  });
  const response = await ask();
  await expect(response.text()).rejects.toThrow();
});
