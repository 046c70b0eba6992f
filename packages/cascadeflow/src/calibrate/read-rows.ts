import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { readLines, type ReplayRow } from '@cascadeflow/calibration';
import type { Io } from '../command-line/io.ts';

/** Rows of an earlier replay, to go on from; a line torn by an interruption is cut off the file. */
export async function readRows(file: string, io: Io): Promise<ReplayRow[]> {
  const rows: ReplayRow[] = [];
  let whole = 0;
  try {
    for await (const { text = '', ended } of readLines(createReadStream(file))) {
      if (!ended) break;
      rows.push(JSON.parse(text) as ReplayRow);
      whole += Buffer.byteLength(text) + 1;
    }
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
  await cutTo(file, whole);
  if (rows.length > 0) io.err.write(`going on after ${rows.length} rows of ${file}\n`);
  return rows;
}

/** Cuts a file to a length; a file of that length is left alone. */
export async function cutTo(file: string, bytes: number): Promise<void> {
  const handle = await open(file, 'r+');
  try {
    if ((await handle.stat()).size > bytes) await handle.truncate(bytes);
  } finally {
    await handle.close();
  }
}
