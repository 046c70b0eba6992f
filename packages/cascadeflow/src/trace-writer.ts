import { type FileHandle, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { InvalidOptionsError, type Trace } from '@cascadeflow/contract';
import { repairLines } from './trace-repair.ts';

/** How traces are kept. */
export interface TraceWriterOptions {
  /** Bytes after which a new file is begun and the old one renamed to `FILE.1`, the one before to `FILE.2` and so on. Default 100 MB. */
  readonly maxBytes?: number;
  /** Renamed files that are kept; the oldest goes. Default 5. */
  readonly maxFiles?: number;
  /** Traces that may wait to be written; further ones are dropped and counted. Default 10 000. */
  readonly maxQueued?: number;
  /** Told what could not be written, and once per burst that traces were dropped. What it throws is ignored. */
  readonly onFailure?: (error: Error) => void;
}

/** Writes runs down in the background: `trace: { write: writer.write }`. */
export interface TraceWriter {
  /** Queues a trace. Never waits and never throws. */
  readonly write: (trace: Trace) => void;
  /** Waits until everything queued so far is in the file, or has been given up. */
  flush(): Promise<void>;
  /** Writes what is queued and closes the file. Later traces are dropped. */
  close(): Promise<void>;
  readonly written: number;
  /** Traces lost to a full queue, to a failing disk, or after `close`. */
  readonly dropped: number;
}

const defaultMaxBytes = 100_000_000;
const defaultMaxFiles = 5;
const defaultMaxQueued = 10_000;
/** Traces that are turned into text at one go, so that the event loop is not held up. Chosen by hand. */
const batchSize = 32;

/**
 * Appends one JSON line per trace to a file. Lines are written whole; one that a crash has torn is taken away when the file is opened again.
 * Folders are made as needed.
 * @throws InvalidOptionsError naming the bad option.
 */
export function createTraceWriter(file: string, options: TraceWriterOptions = {}): TraceWriter {
  const { maxBytes = defaultMaxBytes, maxFiles = defaultMaxFiles, maxQueued = defaultMaxQueued, onFailure } = options;
  for (const [name, value] of Object.entries({ maxBytes, maxFiles, maxQueued })) if (!(value >= 1)) throw new InvalidOptionsError(name, `must be at least 1, got ${value}`);
  const queue: Trace[] = [];
  let handle: FileHandle | undefined;
  let size = 0;
  let written = 0;
  let dropped = 0;
  let isClosed = false;
  let isFull = false;
  let working: Promise<void> | undefined;

  const tell = (error: Error): void => {
    try {
      onFailure?.(error);
    } catch {
      // Whoever is told of failures fails too: there is nobody left to tell.
    }
  };

  const openFile = async (): Promise<FileHandle> => {
    await mkdir(dirname(file), { recursive: true });
    size = await repairLines(file);
    return open(file, 'a');
  };

  const closeFile = async (): Promise<void> => {
    const open = handle;
    handle = undefined;
    await open?.close();
  };

  const rotate = async (): Promise<void> => {
    await closeFile();
    await rm(`${file}.${maxFiles}`, { force: true });
    for (let index = maxFiles - 1; index >= 1; index--) await rename(`${file}.${index}`, `${file}.${index + 1}`).catch(ignoreMissing);
    await rename(file, `${file}.1`);
  };

  const append = async (lines: Buffer): Promise<void> => {
    handle ??= await openFile();
    if (size > 0 && size + lines.length > maxBytes) {
      await rotate();
      handle = await openFile();
    }
    await handle.appendFile(lines);
    size += lines.length;
  };

  const work = async (): Promise<void> => {
    while (queue.length > 0) {
      const batch = queue.splice(0, batchSize);
      isFull = false;
      try {
        await append(Buffer.from(batch.map((trace) => `${JSON.stringify(trace)}\n`).join('')));
        written += batch.length;
      } catch (error) {
        dropped += batch.length;
        // Opened anew for the next batch, which takes away what was written of this one in part.
        await closeFile().catch(() => {});
        tell(error as Error);
      }
    }
    working = undefined;
  };

  return {
    write(trace) {
      if (isClosed || queue.length >= maxQueued) {
        dropped++;
        if (!isFull) tell(new Error(isClosed ? 'the trace writer is closed' : `${maxQueued} traces wait to be written; further ones are dropped`));
        isFull = true;
        return;
      }
      queue.push(trace);
      // Behind whatever the run still has to do.
      working ??= new Promise<void>((resolve) => void setImmediate(resolve)).then(work);
    },
    async flush() {
      while (working) await working;
    },
    async close() {
      isClosed = true;
      while (working) await working;
      await closeFile();
    },
    get written() {
      return written;
    },
    get dropped() {
      return dropped;
    },
  };
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT') throw error;
}
