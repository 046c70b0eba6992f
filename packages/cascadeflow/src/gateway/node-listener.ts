import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { IncomingRequest } from './incoming-request.ts';

/** Milliseconds a client may go on sending a body that is not read, before its connection is closed. Chosen by hand. */
const lingerMs = 1000;

/** Answers one request; what it throws is answered 500. */
export type FetchHandler = (request: Request) => Promise<Response>;

/**
 * Has a `fetch` handler answer the requests of a `node:http` server. The handler is given only what a gateway reads of a Request (url, method,
 * headers, signal and a body's reader): a whole `Request` with its streams takes longer to build than the answer (decision 100).
 */
export function serveFetch(server: Server, fetch: FetchHandler): void {
  const listen = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const request = IncomingRequest.from(incoming, outgoing);
    if (!request) return void outgoing.writeHead(400).end();
    fetch(request as unknown as Request)
      .then((response) => answer(response, incoming, outgoing))
      .catch(() => (outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(500).end()));
  };
  server.on('request', listen);
  // A body that is announced is asked for when the handler reads it: a request that is refused by its head never sends it.
  server.on('checkContinue', listen);
}

async function answer(response: Response, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { status, body } = response;
  const headers: Record<string, string> = {};
  for (const [name, value] of response.headers) headers[name] = value;
  if (!incoming.complete) takeRest(incoming, outgoing);
  if (!body) return void outgoing.writeHead(status, headers).end();
  if (headers['content-type']?.startsWith('text/event-stream') !== true) {
    // As a text, it leaves in one write with the head.
    const text = await response.text();
    headers['content-length'] = String(Buffer.byteLength(text));
    return void outgoing.writeHead(status, headers).end(text);
  }
  outgoing.writeHead(status, headers);
  outgoing.flushHeaders();
  await pipe(body.getReader(), outgoing);
}

/**
 * A body that was refused is thrown away as it comes, and its connection closed if it does not end soon. Closing at once would reset the
 * connection, and a client that is still sending would never read why it was refused.
 */
function takeRest(incoming: IncomingMessage, outgoing: ServerResponse): void {
  outgoing.once('finish', () => {
    incoming.resume();
    const { socket } = incoming;
    const timer = setTimeout(() => socket.destroy(), lingerMs).unref();
    incoming.once('end', () => clearTimeout(timer));
    socket.once('close', () => clearTimeout(timer));
  });
}

async function pipe(reader: ReadableStreamDefaultReader<Uint8Array>, outgoing: ServerResponse): Promise<void> {
  let wake = () => {};
  const leave = () => void reader.cancel().catch(() => {});
  outgoing.on('drain', () => wake());
  outgoing.on('close', () => {
    wake();
    if (!outgoing.writableFinished) leave();
  });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return void outgoing.end();
      // The client may have gone before there was anything to cancel.
      if (outgoing.destroyed) return leave();
      if (!outgoing.write(value)) await new Promise<void>((resolve) => (wake = resolve));
    }
  } catch {
    // A stream that broke must not look as if it had ended.
    outgoing.destroy();
  }
}
