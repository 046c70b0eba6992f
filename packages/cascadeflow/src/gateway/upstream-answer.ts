import type { ByteReader, WireHeaders, WireResponse } from '@cascadeflow/provider-kit';
import type { Dispatcher } from 'undici';
import { type Piece, PieceQueue } from './piece-queue.ts';

/** An answer as the dispatcher tells it: a response without the platform's streams. */
export class UpstreamAnswer implements Dispatcher.DispatchHandler, WireResponse, ByteReader {
  ok = false;
  status = 0;
  readonly headers: WireHeaders = { get: (name) => this.#header(name) };
  body: { getReader(): ByteReader } = { getReader: () => this };
  #fields: { readonly [name: string]: string | string[] | undefined } = {};
  readonly #signal: AbortSignal;
  readonly #resolve: (response: WireResponse) => void;
  readonly #reject: (error: unknown) => void;
  #connection: Dispatcher.DispatchController | undefined;
  readonly #queue = new PieceQueue({
    pause: () => this.#connection?.pause(),
    resume: () => this.#connection?.paused === true && this.#connection.resume(),
  });

  constructor(signal: AbortSignal, resolve: (response: WireResponse) => void, reject: (error: unknown) => void) {
    this.#signal = signal;
    this.#resolve = resolve;
    this.#reject = reject;
    signal.addEventListener('abort', this.#abort);
  }

  async text(): Promise<string> {
    const reader = this.body.getReader();
    const pieces: Uint8Array[] = [];
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) if (piece.value) pieces.push(piece.value);
    return Buffer.concat(pieces).toString('utf8');
  }

  read(): Promise<Piece> {
    return this.#queue.read();
  }

  onRequestStart(connection: Dispatcher.DispatchController): void {
    this.#connection = connection;
    if (this.#signal.aborted) this.#abort();
  }

  onResponseStart(_: Dispatcher.DispatchController, status: number, headers: Record<string, string | string[] | undefined>): void {
    if (status < 200) return;
    this.status = status;
    this.ok = status < 300;
    this.#fields = headers;
    const encoding = this.#header('content-encoding');
    // Made once: it begins to read at once.
    if (encoding === 'gzip' || encoding === 'deflate') this.body = unpack(this, encoding);
    this.#resolve(this);
  }

  onResponseData(_: Dispatcher.DispatchController, value: Buffer): void {
    // A connection that goes on begins with an empty piece.
    if (value.length > 0) this.#queue.push(value);
  }

  onResponseEnd(): void {
    this.#close('whole');
  }

  onResponseError(_: Dispatcher.DispatchController, error: Error): void {
    this.#close(error);
    this.#reject(error);
  }

  #close(end: 'whole' | Error): void {
    this.#signal.removeEventListener('abort', this.#abort);
    this.#queue.close(end);
  }

  #header(name: string): string | null {
    const value = this.#fields[name];
    return value === undefined ? null : String(value);
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
function unpack(packed: ByteReader, encoding: 'gzip' | 'deflate'): ReadableStream<Uint8Array> {
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await packed.read();
      if (done) controller.close();
      else if (value) controller.enqueue(value);
    },
  });
  return stream.pipeThrough(new DecompressionStream(encoding) as ReadableWritablePair<Uint8Array, Uint8Array>);
}
