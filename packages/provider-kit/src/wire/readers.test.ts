import { describe, expect, it } from 'vitest';
import { createNdjsonReader } from './ndjson.ts';
import type { RecordReader } from './record-reader.ts';
import { createSseReader } from './sse.ts';

const encode = (text: string) => new TextEncoder().encode(text);

function readAll(create: () => RecordReader, bytes: Uint8Array, offsets: readonly number[]): string[] {
  const reader = create();
  const records: string[] = [];
  let start = 0;
  for (const end of [...offsets, bytes.length]) {
    records.push(...reader.read(bytes.subarray(start, end)));
    start = end;
  }
  return [...records, ...reader.end()];
}

const wires = [
  {
    name: 'server-sent events',
    create: createSseReader,
    text: ': comment\r\nevent: a\r\ndata: {"text":"Grüße 👩‍👩‍👧"}\r\n\r\nid: 1\ndata: one\ndata: two\n\nretry: 10\n\ndata: [DONE]\n',
    records: ['{"text":"Grüße 👩‍👩‍👧"}', 'one\ntwo', '[DONE]'],
  },
  {
    name: 'lines of JSON',
    create: createNdjsonReader,
    text: '{"text":"Grüße 👩‍👩‍👧"}\r\n\n{"done":true}',
    records: ['{"text":"Grüße 👩‍👩‍👧"}', '{"done":true}'],
  },
];

describe.each(wires)('$name', ({ create, text, records }) => {
  const bytes = encode(text);

  it('are the same wherever the bytes are split', () => {
    expect(readAll(create, bytes, [])).toEqual(records);
    for (let at = 1; at < bytes.length; at++) expect(readAll(create, bytes, [at])).toEqual(records);
    expect(readAll(create, bytes, Array.from({ length: bytes.length - 1 }, (_, index) => index + 1))).toEqual(records);
  });

  it('do not grow without bound', () => {
    const reader = create();
    const piece = encode(`data: ${'x'.repeat(1_000_000)}`);
    expect(() => {
      for (let count = 0; count < 40; count++) reader.read(piece);
    }).toThrow(RangeError);
  });
});

describe('server-sent events', () => {
  it('begin after a byte order mark', () => {
    expect(readAll(createSseReader, encode('\uFEFFdata: x\n\n'), [])).toEqual(['x']);
  });
});
