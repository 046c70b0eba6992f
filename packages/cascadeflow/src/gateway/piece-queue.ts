/** A piece of a body, or its end. */
export interface Piece {
  readonly done: boolean;
  readonly value?: Uint8Array;
}

/** Bytes that may have come without having been read, before their source is made to wait. Chosen by hand: what a socket brings at once. */
const waitingBytes = 65_536;

/** What a queue is filled from: told when enough has come, and when more may come. */
export interface PieceSource {
  pause(): void;
  resume(): void;
}

/** Pieces of a body between a source that brings them and a reader that asks for them. */
export class PieceQueue {
  readonly #source: PieceSource;
  readonly #pieces: Uint8Array[] = [];
  #waiting = 0;
  #end: 'open' | 'whole' | Error = 'open';
  #reader: { readonly resolve: (piece: Piece) => void; readonly reject: (error: Error) => void } | undefined;

  constructor(source: PieceSource) {
    this.#source = source;
  }

  /** The next piece; rejects with the error the queue was closed with, once what came before has been read. */
  read(): Promise<Piece> {
    const value = this.#pieces.shift();
    if (value) {
      this.#waiting -= value.byteLength;
      if (this.#waiting < waitingBytes) this.#source.resume();
      return Promise.resolve({ done: false, value });
    }
    if (this.#end === 'whole') return Promise.resolve({ done: true });
    if (this.#end !== 'open') return Promise.reject(this.#end);
    return new Promise((resolve, reject) => (this.#reader = { resolve, reject }));
  }

  push(value: Uint8Array): void {
    const reader = this.#reader;
    this.#reader = undefined;
    if (reader) return reader.resolve({ done: false, value });
    this.#pieces.push(value);
    this.#waiting += value.byteLength;
    if (this.#waiting >= waitingBytes) this.#source.pause();
  }

  /** Ends the queue: only the first end counts. */
  close(end: 'whole' | Error): void {
    if (this.#end !== 'open') return;
    this.#end = end;
    const reader = this.#reader;
    this.#reader = undefined;
    if (end === 'whole') reader?.resolve({ done: true });
    else reader?.reject(end);
  }
}
