import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

/** Milliseconds a client may go on sending a body that is not read, before its connection is closed. Chosen by hand. */
const lingerMs = 1000;

/**
 * Serves a `fetch` handler with `node:http`. The handler is given only what a gateway reads of a Request (url, method, headers, signal and a
 * body's reader): a whole `Request` with its streams takes longer to build than the answer (decision 100).
 */
export function toNodeListener(fetch: (request: Request) => Promise<Response>): RequestListener {
  return (incoming, outgoing) => {
    const request = IncomingRequest.from(incoming, outgoing);
    if (!request) return void outgoing.writeHead(400).end();
    fetch(request as unknown as Request)
      .then((response) => answer(response, incoming, outgoing))
      .catch(() => outgoing.destroy());
  };
}

/** What a gateway reads of a Request. */
class IncomingRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly signal: AbortSignal;
  readonly body: { getReader(): BodyReader } | null;

  private constructor(url: string, incoming: IncomingMessage, outgoing: ServerResponse) {
    const controller = new AbortController();
    outgoing.on('close', () => {
      if (!outgoing.writableFinished) controller.abort();
    });
    this.url = url;
    this.method = incoming.method ?? 'GET';
    this.signal = controller.signal;
    this.headers = new Headers();
    const { rawHeaders } = incoming;
    for (let index = 0; index < rawHeaders.length; index += 2) this.headers.append(rawHeaders[index] as string, rawHeaders[index + 1] as string);
    this.body = this.method === 'GET' || this.method === 'HEAD' ? null : { getReader: () => new BodyReader(incoming) };
  }

  /** Undefined where the target or a header is none that `fetch` knows. */
  static from(incoming: IncomingMessage, outgoing: ServerResponse): IncomingRequest | undefined {
    const target = incoming.url ?? '/';
    const url = target.startsWith('/') ? `http://${incoming.headers.host || 'localhost'}${target}` : target;
    if (!URL.canParse(url)) return undefined;
    try {
      return new IncomingRequest(url, incoming, outgoing);
    } catch {
      return undefined;
    }
  }
}

/** Reads the body of a request piece by piece. */
class BodyReader {
  readonly #incoming: IncomingMessage;
  readonly #pieces: AsyncIterator<Buffer, undefined>;
  #give: (end: IteratorResult<Buffer, undefined>) => void = () => {};

  constructor(incoming: IncomingMessage) {
    this.#incoming = incoming;
    this.#pieces = incoming.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer, undefined>;
  }

  read(): Promise<IteratorResult<Buffer, undefined>> {
    return new Promise((resolve, reject) => {
      this.#give = resolve;
      this.#pieces.next().then(resolve, reject);
    });
  }

  /** Ends the reading, also one under way; what is still to come is not read. */
  async cancel(): Promise<void> {
    this.#incoming.pause();
    this.#give({ done: true, value: undefined });
  }
}

async function answer(response: Response, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  const { status, body } = response;
  const headers: Record<string, string> = {};
  for (const [name, value] of response.headers) headers[name] = value;
  if (!incoming.complete) closeSoon(headers, incoming, outgoing);
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

/** A body that was refused is not waited for: the answer goes out, then the connection is closed. */
function closeSoon(headers: Record<string, string>, incoming: IncomingMessage, outgoing: ServerResponse): void {
  headers['connection'] = 'close';
  outgoing.once('finish', () => {
    incoming.resume();
    const { socket } = incoming;
    const timer = setTimeout(() => socket.destroy(), lingerMs).unref();
    socket.once('close', () => clearTimeout(timer));
  });
}

async function pipe(reader: ReadableStreamDefaultReader<Uint8Array>, outgoing: ServerResponse): Promise<void> {
  let wake = () => {};
  outgoing.on('drain', () => wake());
  outgoing.on('close', () => {
    wake();
    if (!outgoing.writableFinished) void reader.cancel().catch(() => {});
  });
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return void outgoing.end();
      if (outgoing.destroyed) return;
      if (!outgoing.write(value)) await new Promise<void>((resolve) => (wake = resolve));
    }
  } catch {
    // A stream that broke must not look as if it had ended.
    outgoing.destroy();
  }
}
