import type { RecordReader } from './record-reader.ts';

/** Most characters one line may have. */
const maxLineLength = 16_000_000;

/** Reads newline-delimited JSON; a record is one line that is not blank. */
export function createNdjsonReader(): RecordReader {
  const decoder = new TextDecoder();
  let rest = '';
  const split = (text: string): string[] => {
    const lines = (rest + text).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > maxLineLength) throw new RangeError('a line is longer than 16 MB');
    return lines.map((line) => line.trim()).filter((line) => line !== '');
  };
  return {
    isJson: true,
    read: (bytes) => split(decoder.decode(bytes, { stream: true })),
    end: () => split(`${decoder.decode()}\n`),
  };
}
