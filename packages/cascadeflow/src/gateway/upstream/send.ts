import { Agent, type Dispatcher } from 'undici';

/** What is sent to an upstream. */
export interface UpstreamRequest {
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
  readonly signal: AbortSignal | undefined;
}

/** Sends one POST and gives the response as soon as its head has come. */
export type Send = (url: string, request: UpstreamRequest) => Promise<Response>;

/** Statuses whose response has no body. */
const bodiless = new Set([204, 205, 304]);

/**
 * Sends through a pool of open connections for each upstream. Time limits are the caller's: silence ends nothing here.
 *
 * It speaks to undici's dispatcher itself, because the platform's `fetch` takes about five times the processor time (decision 100).
 */
export function createSend(dispatcher: Dispatcher = new Agent({ headersTimeout: 0, bodyTimeout: 0 })): Send {
  return (url, { headers, body, signal }) =>
    new Promise((resolve, reject) => {
      signal?.throwIfAborted();
      const { origin, pathname, search } = new URL(url);
      dispatcher.dispatch({ origin, path: pathname + search, method: 'POST', headers, body }, new ResponseBuilder(signal, resolve, reject));
    });
}

/** Builds a Response from what the dispatcher tells; the connection is paused while nobody reads. */
class ResponseBuilder implements Dispatcher.DispatchHandler {
  readonly #signal: AbortSignal | undefined;
  readonly #resolve: (response: Response) => void;
  readonly #reject: (error: unknown) => void;
  #body: ReadableStreamDefaultController<Uint8Array> | undefined;
  #connection: Dispatcher.DispatchController | undefined;

  constructor(signal: AbortSignal | undefined, resolve: (response: Response) => void, reject: (error: unknown) => void) {
    this.#signal = signal;
    this.#resolve = resolve;
    this.#reject = reject;
    signal?.addEventListener('abort', this.#abort);
  }

  onRequestStart(connection: Dispatcher.DispatchController): void {
    this.#connection = connection;
    if (this.#signal?.aborted) this.#abort();
  }

  onResponseStart(connection: Dispatcher.DispatchController, status: number, headers: Record<string, string | string[] | undefined>): void {
    if (status < 200) return;
    const stream = new ReadableStream<Uint8Array>({
      start: (body) => void (this.#body = body),
      pull: () => connection.resume(),
      cancel: (reason) => connection.abort(reason instanceof Error ? reason : new Error('the reader has gone')),
    });
    const pairs = Object.entries(headers).flatMap(([name, value]) => (value === undefined ? [] : [[name, String(value)] as [string, string]]));
    this.#resolve(new Response(bodiless.has(status) ? null : decode(stream, headers['content-encoding']), { status, headers: pairs }));
  }

  onResponseData(connection: Dispatcher.DispatchController, chunk: Buffer): void {
    // A connection that goes on begins with an empty piece. Handing that on would pause it again, for ever.
    if (chunk.length === 0) return;
    this.#body?.enqueue(chunk);
    if ((this.#body?.desiredSize ?? 1) <= 0) connection.pause();
  }

  onResponseEnd(): void {
    this.#signal?.removeEventListener('abort', this.#abort);
    this.#body?.close();
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#signal?.removeEventListener('abort', this.#abort);
    this.#body?.error(error);
    this.#reject(error);
  }

  /** Before there is a connection nothing has been sent: the caller is let go at once, and the request when its turn comes. */
  #abort = (): void => {
    const { reason } = this.#signal as { readonly reason?: unknown };
    const error = reason instanceof Error ? reason : new Error('aborted');
    if (this.#connection) this.#connection.abort(error);
    else this.#reject(error);
  };
}

/** Nothing is asked for compressed; a server that does so all the same is understood. */
function decode(stream: ReadableStream<Uint8Array>, encoding: string | string[] | undefined): ReadableStream<Uint8Array> {
  if (encoding !== 'gzip' && encoding !== 'deflate') return stream;
  return stream.pipeThrough(new DecompressionStream(encoding) as ReadableWritablePair<Uint8Array, Uint8Array>);
}
