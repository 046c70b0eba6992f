import type { ModelEvent } from '@cascadeflow/contract';
import { createProviderError, type ErrorContext } from '../error/provider-failure.ts';
import type { Call } from './call.ts';
import { joinTexts } from './join-texts.ts';
import type { RecordReader } from './record-reader.ts';
import type { ByteReader } from './wire-response.ts';

/** Turns a vendor's records into model events; one per answer. */
export interface RecordTranslator {
  /** True once nothing of the answer can be missing: the vendor has said why it stopped. */
  readonly whole: boolean;
  /** True once the vendor's own end marker was read. */
  readonly ended: boolean;
  /** Adds the events of one record to `events`. Throws `ProviderError` for an error event. */
  push(record: string, events: ModelEvent[]): void;
  /** The events that close the answer, `end` last. */
  close(): readonly ModelEvent[];
}

/**
 * Reads a streamed body to the vendor's end marker, batch by batch.
 *
 * A plain object and not a generator: every generator that an event passes through costs as much as reading it.
 */
export class RecordStream {
  /** True once the answer is whole and its closing events have been given. */
  done = false;
  readonly #bytes: ByteReader;
  readonly #reader: RecordReader;
  readonly #translator: RecordTranslator;
  readonly #call: Call;
  readonly #context: ErrorContext;
  #failure: Error | undefined;

  constructor(body: { getReader(): ByteReader }, reader: RecordReader, translator: RecordTranslator, call: Call, context: ErrorContext) {
    this.#bytes = body.getReader();
    this.#reader = reader;
    this.#translator = translator;
    this.#call = call;
    this.#context = context;
  }

  /**
   * The events of the next piece of the body; may be empty.
   *
   * Throws `ProviderError` of kind `cut` when the body stops before the answer is whole, of kind `malformed` when a record cannot be read.
   * What the connection itself throws passes through; `Call.toThrown` gives it its kind.
   */
  async read(): Promise<readonly ModelEvent[]> {
    if (this.#failure) throw this.#failure;
    const translator = this.#translator;
    let piece: { done: boolean; value?: Uint8Array | undefined };
    try {
      piece = await this.#bytes.read();
    } catch (error) {
      if (!translator.whole) throw error;
      piece = { done: true };
    }
    this.#call.touch();
    const events: ModelEvent[] = [];
    for (const record of piece.value ? this.#reader.read(piece.value) : this.#reader.end()) {
      if (translator.ended) break;
      // What came before an error is heard before the error is thrown.
      if (!this.#push(record, events)) return joinTexts(events);
    }
    if (!piece.done && !translator.ended) return joinTexts(events);
    if (!translator.whole) return this.#stop(createProviderError('cut', this.#context), events);
    this.done = true;
    this.#call.finish(this.#bytes);
    events.push(...translator.close());
    return joinTexts(events);
  }

  #push(record: string, events: ModelEvent[]): boolean {
    try {
      this.#translator.push(record, events);
      return true;
    } catch (error) {
      const isSyntax = error instanceof SyntaxError;
      this.#stop(isSyntax ? createProviderError('malformed', this.#context, { detail: 'a record of the stream is not JSON' }) : (error as Error), events);
      return false;
    }
  }

  /** Throws at once, or after the events that came before have been taken. */
  #stop(error: Error, events: readonly ModelEvent[]): readonly ModelEvent[] {
    if (events.length === 0) throw error;
    this.#failure = error;
    return events;
  }
}
