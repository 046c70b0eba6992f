import { createReadStream, createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { parseTrace, readLines } from '@cascadeflow/calibration';
import type { Trace } from '@cascadeflow/contract';
import { cutTo } from './read-rows.ts';

/** A file that traces are added to, line by line. */
export interface TraceFile {
  /** Hashes of the requests that are in it. */
  readonly recorded: Set<string>;
  write(trace: Trace): Promise<void>;
  close(): Promise<void>;
}

/** Opens a file to go on writing: what is in it is not recorded again, a line torn by an interruption is cut off. */
export async function openTraceFile(file: string): Promise<TraceFile> {
  const recorded = new Set<string>();
  let whole = 0;
  try {
    for await (const { text = '', ended } of readLines(createReadStream(file))) {
      if (!ended) break;
      whole += Buffer.byteLength(text) + 1;
      if (text.trim() !== '') recorded.add(parseTrace(JSON.parse(text)).requestHash);
    }
    await cutTo(file, whole);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
  const out = createWriteStream(file, { flags: 'a' });
  await once(out, 'open');
  return {
    recorded,
    async write(trace) {
      recorded.add(trace.requestHash);
      if (!out.write(`${JSON.stringify(trace)}\n`)) await once(out, 'drain');
    },
    async close() {
      out.end();
      await once(out, 'close');
    },
  };
}
