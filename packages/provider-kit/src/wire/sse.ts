import { createParser } from 'eventsource-parser';
import type { RecordReader } from './record-reader.ts';

/** Most characters one server-sent event may have; a server that sends more is broken. */
const maxEventLength = 16_000_000;

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
