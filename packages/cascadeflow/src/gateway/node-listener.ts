import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { GatewayRequest, Reply } from '@cascadeflow/gateway';
import { IncomingRequest } from './incoming-request.ts';

/** Milliseconds a client may go on sending a body that is not read, before its connection is closed. Chosen by hand. */
const lingerMs = 1000;

/** Answers one request; what it throws is answered 500. */
export type Answer = (request: GatewayRequest) => Promise<Reply>;

/**
 * Has a gateway answer the requests of a `node:http` server. It is given what it reads of a request and gives back the parts of its answer: a
 * `Request` and a `Response` with their streams take longer to build than the answer (decision 100).
 */
export function serveAnswers(server: Server, answer: Answer): void {
  const listen = (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const request = IncomingRequest.from(incoming, outgoing);
    if (!request) return void outgoing.writeHead(400).end();
    answer(request)
      .then((reply) => write(reply, incoming, outgoing))
      .catch(() => (outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(500).end()));
  };
  server.on('request', listen);
  // A body that is announced is asked for when the handler reads it: a request that is refused by its head never sends it.
  server.on('checkContinue', listen);
}

async function write({ status, headers, body }: Reply, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  if (!incoming.complete) takeRest(incoming, outgoing);
  if (body === null) return void outgoing.writeHead(status, headers).end();
  // As a text, it leaves in one write with the head.
  if (typeof body === 'string') return void outgoing.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(body) }).end(body);
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
