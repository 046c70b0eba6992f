import type { IncomingMessage, ServerResponse } from 'node:http';
import type { BodyReader } from '@cascadeflow/gateway';
import { type Piece, PieceQueue } from './piece-queue.ts';

/** Reads the body of a request piece by piece. */
export class IncomingBody implements BodyReader {
  readonly #incoming: IncomingMessage;
  readonly #queue: PieceQueue;
  readonly #take = (piece: Buffer): void => this.#queue.push(piece);

  constructor(incoming: IncomingMessage, outgoing: ServerResponse) {
    this.#incoming = incoming;
    this.#queue = new PieceQueue({ pause: () => incoming.pause(), resume: () => incoming.resume() });
    if (incoming.readableEnded) this.#queue.close('whole');
    incoming.on('data', this.#take);
    incoming.on('end', () => this.#queue.close('whole'));
    incoming.on('error', (error) => this.#queue.close(error));
    incoming.on('close', () => this.#queue.close(new Error('the client has gone')));
    if (incoming.headers.expect?.toLowerCase() === '100-continue') outgoing.writeContinue();
  }

  read(): Promise<Piece> {
    return this.#queue.read();
  }

  /** Ends the reading, also one under way; what is still to come is not read. */
  async cancel(): Promise<void> {
    this.#incoming.off('data', this.#take);
    this.#incoming.pause();
    this.#queue.close('whole');
  }
}
