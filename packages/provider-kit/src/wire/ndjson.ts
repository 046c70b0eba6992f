import type { RecordReader } from './record-reader.ts';

/** Most characters one line may have. */
const maxLineLength = 16_000_000;

/** Reads newline-delimited JSON; a record is one line that is not blank. */
export function createNdjsonReader(): RecordReader {
  const decoder = new TextDecoder();
  let rest = '';
  const split = (text: string): string[] => {
    const all = rest === '' ? text : rest + text;
    const records: string[] = [];
    let start = 0;
    for (let end = all.indexOf('\n'); end !== -1; end = all.indexOf('\n', start)) {
      const line = all.slice(start, end).trimEnd();
      if (line !== '') records.push(line);
      start = end + 1;
    }
    rest = all.slice(start);
    if (rest.length > maxLineLength) throw new RangeError('a line is longer than 16 MB');
    return records;
  };
  return {
    isJson: true,
    read: (bytes) => split(decoder.decode(bytes, { stream: true })),
    end: () => split(`${decoder.decode()}\n`),
  };
}
