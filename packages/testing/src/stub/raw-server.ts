import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { splitBytes } from '../chunking.ts';

/** A request as a {@link startRawServer} saw it. */
export interface RawRequest {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  /** Parsed JSON, or `undefined`. */
  readonly body: { readonly [key: string]: unknown } | undefined;
}

/** What a {@link startRawServer} answers, byte for byte. */
export interface RawReply {
  readonly status?: number;
  readonly headers?: { readonly [name: string]: string };
  readonly body: string;
  /** The body is sent in pieces that end at these offsets. */
  readonly splitAt?: readonly number[];
}

/** A running server of recorded answers. */
export interface RawServer {
  readonly url: string;
  /** Everything it was asked, in order. */
  readonly requests: readonly RawRequest[];
  close(): Promise<void>;
}

/** Starts a server on 127.0.0.1 that answers with recorded bytes, whatever it is asked: for fixtures of a vendor's wire. */
export async function startRawServer(respond: (request: RawRequest) => RawReply): Promise<RawServer> {
  const requests: RawRequest[] = [];
  const server = createServer((incoming, response) => {
    const pieces: Buffer[] = [];
    incoming.on('data', (piece: Buffer) => pieces.push(piece));
    const answer = async () => {
      const text = Buffer.concat(pieces).toString('utf8');
      const body = text === '' ? undefined : (JSON.parse(text) as RawRequest['body']);
      const request = { method: incoming.method ?? 'GET', path: incoming.url ?? '/', headers: incoming.headers, body };
      requests.push(request);
      const reply = respond(request);
      response.writeHead(reply.status ?? 200, { 'content-type': 'text/event-stream', ...reply.headers });
      for (const piece of splitBytes(Buffer.from(reply.body), reply.splitAt ?? [])) {
        response.write(piece);
        if (reply.splitAt !== undefined) await new Promise((resolve) => setImmediate(resolve));
      }
      response.end();
    };
    incoming.on('end', () => void answer());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
