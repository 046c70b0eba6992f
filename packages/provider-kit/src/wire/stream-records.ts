import type { ModelEvent } from '@cascadeflow/contract';
import { createProviderError, type ErrorContext } from '../error/provider-failure.ts';
import type { Call } from './call.ts';
import type { RecordReader } from './record-reader.ts';

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
 * Reads a streamed body to the vendor's end marker and yields its events.
 *
 * Throws `ProviderError` of kind `cut` when the body stops before the answer is whole, of kind `malformed` when a record cannot be read.
 * What the connection itself throws passes through; `Call.toThrown` gives it its kind.
 */
export async function* streamRecords(
  body: ReadableStream<Uint8Array>,
  reader: RecordReader,
  translator: RecordTranslator,
  call: Call,
  context: ErrorContext,
): AsyncGenerator<ModelEvent, void, undefined> {
  const bytes = body.getReader();
  const events: ModelEvent[] = [];
  const push = (record: string) => {
    try {
      translator.push(record, events);
    } catch (error) {
      if (error instanceof SyntaxError) throw createProviderError('malformed', context, { detail: 'a record of the stream is not JSON' });
      throw error;
    }
  };
  for (let open = true; open && !translator.ended; ) {
    let piece: { done: boolean; value?: Uint8Array | undefined };
    try {
      piece = await bytes.read();
    } catch (error) {
      if (!translator.whole) throw error;
      piece = { done: true };
    }
    call.touch();
    open = !piece.done;
    for (const record of piece.value ? reader.read(piece.value) : reader.end()) {
      if (!translator.ended) push(record);
    }
    for (const event of events) yield event;
    events.length = 0;
  }
  if (!translator.whole) throw createProviderError('cut', context);
  call.finish(bytes);
  yield* translator.close();
}
