import type { ByteReader, WireHeaders, WireResponse } from '@cascadeflow/provider-kit';
import type { Dispatcher } from 'undici';

type Piece = { readonly done: boolean; readonly value?: Uint8Array };

/** Bytes that may have come without having been read, before the upstream is made to wait. Chosen by hand: what a socket brings at once. */
const waitingBytes = 65_536;

/** An answer as the dispatcher tells it: a response without the platform's streams. */
export class UpstreamAnswer implements Dispatcher.DispatchHandler, WireResponse, ByteReader {
  ok = false;
  status = 0;
  readonly headers: WireHeaders = { get: (name) => this.#header(name) };
  #fields: { readonly [name: string]: string | string[] | undefined } = {};
  readonly #signal: AbortSignal;
  readonly #resolve: (response: WireResponse) => void;
  readonly #reject: (error: unknown) => void;
  #connection: Dispatcher.DispatchController | undefined;
  readonly #pieces: Uint8Array[] = [];
  #waiting = 0;
  #end: 'open' | 'whole' | Error = 'open';
  #reader: { readonly resolve: (piece: Piece) => void; readonly reject: (error: Error) => void } | undefined;

  constructor(signal: AbortSignal, resolve: (response: WireResponse) => void, reject: (error: unknown) => void) {
    this.#signal = signal;
    this.#resolve = resolve;
    this.#reject = reject;
    signal.addEventListener('abort', this.#abort);
  }

  get body(): { getReader(): ByteReader } {
    const encoding = this.#header('content-encoding');
    return encoding === 'gzip' || encoding === 'deflate' ? unpack(this, encoding) : { getReader: () => this };
  }

  async text(): Promise<string> {
    const reader = this.body.getReader();
    const pieces: Uint8Array[] = [];
    for (let piece = await reader.read(); !piece.done; piece = await reader.read()) if (piece.value) pieces.push(piece.value);
    return Buffer.concat(pieces).toString('utf8');
  }

  read(): Promise<Piece> {
    const value = this.#pieces.shift();
    if (value) {
      this.#waiting -= value.byteLength;
      if (this.#connection?.paused === true && this.#waiting < waitingBytes) this.#connection.resume();
      return Promise.resolve({ done: false, value });
    }
    if (this.#end === 'whole') return Promise.resolve({ done: true });
    if (this.#end !== 'open') return Promise.reject(this.#end);
    return new Promise((resolve, reject) => (this.#reader = { resolve, reject }));
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
    this.#resolve(this);
  }

  onResponseData(connection: Dispatcher.DispatchController, value: Buffer): void {
    // A connection that goes on begins with an empty piece.
    if (value.length === 0) return;
    const reader = this.#reader;
    this.#reader = undefined;
    if (reader) return reader.resolve({ done: false, value });
    this.#pieces.push(value);
    this.#waiting += value.byteLength;
    if (this.#waiting >= waitingBytes) connection.pause();
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
    this.#end = end;
    const reader = this.#reader;
    this.#reader = undefined;
    if (end === 'whole') reader?.resolve({ done: true });
    else reader?.reject(end);
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
