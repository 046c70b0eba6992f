import { createParser } from 'eventsource-parser';

/** Most characters one server-sent event may have; a server that sends more is broken. */
const maxEventLength = 16_000_000;

/** Turns the bytes of a body into the strings of its records, however the bytes are split. */
export interface RecordReader {
  /** Records that these bytes completed, oldest first. */
  read(bytes: Uint8Array): readonly string[];
  /** Records that were complete but for their last line break. */
  end(): readonly string[];
}

/** Reads server-sent events; a record is the `data` of one event. Comments, ids and event names are passed over. */
export function createSseReader(): RecordReader {
  const decoder = new TextDecoder();
  let found: string[] = [];
  const parser = createParser({ onEvent: (event) => void found.push(event.data), onError: onParseError, maxBufferSize: maxEventLength });
  const take = () => {
    const records = found;
    found = [];
    return records;
  };
  return {
    read(bytes) {
      parser.feed(decoder.decode(bytes, { stream: true }));
      return take();
    },
    end() {
      parser.feed(`${decoder.decode()}\n\n`);
      return take();
    },
  };
}

function onParseError(error: { readonly type: string }): void {
  if (error.type === 'max-buffer-size-exceeded') throw new RangeError('a server-sent event is longer than 16 MB');
}
