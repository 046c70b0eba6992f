import type { IncomingMessage, ServerResponse } from 'node:http';

/** Stands for the host of every request: nothing depends on the one a client names, so it cannot lead a path astray. */
const origin = 'http://gateway';

/** What a gateway reads of a Request. */
export class IncomingRequest {
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
    this.body = this.method === 'GET' || this.method === 'HEAD' ? null : { getReader: () => new BodyReader(incoming, outgoing) };
  }

  /** Undefined where the target or a header is none that `fetch` knows. */
  static from(incoming: IncomingMessage, outgoing: ServerResponse): IncomingRequest | undefined {
    const target = incoming.url ?? '/';
    const url = target.startsWith('/') ? origin + target : target;
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

  constructor(incoming: IncomingMessage, outgoing: ServerResponse) {
    this.#incoming = incoming;
    this.#pieces = incoming.iterator({ destroyOnReturn: false }) as AsyncIterator<Buffer, undefined>;
    if (incoming.headers.expect?.toLowerCase() === '100-continue') outgoing.writeContinue();
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
