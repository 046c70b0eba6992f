import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BodyReader } from '@cascadeflow/gateway';

type Piece = { readonly done: boolean; readonly value?: Buffer };

/** Bytes that may have come without having been read, before the client is made to wait. Chosen by hand: what a socket brings at once. */
const waitingBytes = 65_536;

/** Reads the body of a request piece by piece. */
export class IncomingBody implements BodyReader {
  readonly #incoming: IncomingMessage;
  readonly #pieces: Buffer[] = [];
  #waiting = 0;
  #end: 'open' | 'whole' | Error = 'open';
  #reader: { readonly resolve: (piece: Piece) => void; readonly reject: (error: Error) => void } | undefined;

  constructor(incoming: IncomingMessage, outgoing: ServerResponse) {
    this.#incoming = incoming;
    if (incoming.readableEnded) this.#end = 'whole';
    incoming.on('data', this.#take);
    incoming.on('end', () => this.#close('whole'));
    incoming.on('error', (error) => this.#close(error));
    incoming.on('close', () => this.#end === 'open' && this.#close(new Error('the client has gone')));
    if (incoming.headers.expect?.toLowerCase() === '100-continue') outgoing.writeContinue();
  }

  read(): Promise<Piece> {
    const value = this.#pieces.shift();
    if (value) {
      this.#waiting -= value.byteLength;
      if (this.#waiting < waitingBytes) this.#incoming.resume();
      return Promise.resolve({ done: false, value });
    }
    if (this.#end === 'whole') return Promise.resolve({ done: true });
    if (this.#end !== 'open') return Promise.reject(this.#end);
    return new Promise((resolve, reject) => (this.#reader = { resolve, reject }));
  }

  /** Ends the reading, also one under way; what is still to come is not read. */
  async cancel(): Promise<void> {
    this.#incoming.off('data', this.#take);
    this.#incoming.pause();
    this.#close('whole');
  }

  #take = (piece: Buffer): void => {
    const reader = this.#reader;
    this.#reader = undefined;
    if (reader) return reader.resolve({ done: false, value: piece });
    this.#pieces.push(piece);
    this.#waiting += piece.byteLength;
    if (this.#waiting >= waitingBytes) this.#incoming.pause();
  };

  #close(end: 'whole' | Error): void {
    if (this.#end !== 'open') return;
    this.#end = end;
    const reader = this.#reader;
    this.#reader = undefined;
    if (end === 'whole') reader?.resolve({ done: true });
    else reader?.reject(end);
  }
}
