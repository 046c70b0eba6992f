import { type FileHandle, open } from 'node:fs/promises';

const lineEnd = 10;
const chunkBytes = 65_536;

/**
 * Makes a file of JSON lines end with a whole line: a last line without its end is given one when it is whole JSON, and cut off when a crash has torn
 * it. Returns the size of the file in bytes; 0 when there is none.
 */
export async function repairLines(file: string): Promise<number> {
  let handle: FileHandle;
  try {
    handle = await open(file, 'r+');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 0;
    throw error;
  }
  try {
    const { size } = await handle.stat();
    const start = await lastLineStart(handle, size);
    if (start === size) return size;
    const tail = Buffer.alloc(size - start);
    await handle.read(tail, 0, tail.length, start);
    if (isJson(tail.toString('utf8'))) {
      await handle.write('\n', size);
      return size + 1;
    }
    await handle.truncate(start);
    return start;
  } finally {
    await handle.close();
  }
}

/** Offset behind the last line end, looked for from the end of the file. */
async function lastLineStart(handle: FileHandle, size: number): Promise<number> {
  const chunk = Buffer.alloc(Math.min(chunkBytes, size));
  for (let end = size; end > 0; ) {
    const from = Math.max(0, end - chunk.length);
    const { bytesRead } = await handle.read(chunk, 0, end - from, from);
    const found = chunk.subarray(0, bytesRead).lastIndexOf(lineEnd);
    if (found >= 0) return from + found + 1;
    end = from;
  }
  return 0;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
