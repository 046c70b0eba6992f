import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createReplayMemory, readTraces, replay } from '@cascadeflow/calibration';
import type { Price, Trace } from '@cascadeflow/contract';
import { engine } from './replay-set.ts';

/** Replays traces over and over until there were `runs`, and gives the runs a second and a hash of all rows. */
export async function measureReplay(traces: readonly Trace[], models: readonly string[], prices: Readonly<Record<string, Price>>, runs: number): Promise<{ readonly perSecond: number; readonly hash: string }> {
  const memory = createReplayMemory();
  function* repeated(): Generator<Trace> {
    for (let run = 0; run < runs; run++) yield traces[run % traces.length] as Trace;
  }
  const hash = createHash('sha256');
  let spent = 0;
  let started = performance.now();
  for await (const row of replay(repeated(), { ...engine, models, prices, memory })) {
    // Writing the rows down is the caller's: its time does not count.
    spent += performance.now() - started;
    hash.update(JSON.stringify(row));
    started = performance.now();
  }
  return { perSecond: (1000 * runs) / spent, hash: hash.digest('hex') };
}

/** Writes a file of traces of about `bytes`, reads it, and gives the highest resident memory while reading, in MB above the start. */
export async function measureReading(traces: readonly Trace[], bytes: number): Promise<{ readonly lines: number; readonly peakMb: number; readonly mbPerSecond: number }> {
  const folder = mkdtempSync(join(tmpdir(), 'cascadeflow-bench-'));
  const file = join(folder, 'traces.jsonl');
  try {
    await writeTraces(file, traces, bytes);
    globalThis.gc?.();
    const before = process.memoryUsage().rss;
    let peak = before;
    let lines = 0;
    const started = performance.now();
    for await (const _ of readTraces(createReadStream(file))) {
      lines++;
      if (lines % 200 === 0) peak = Math.max(peak, process.memoryUsage().rss);
    }
    return { lines, peakMb: (peak - before) / 2 ** 20, mbPerSecond: bytes / 2 ** 20 / ((performance.now() - started) / 1000) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function writeTraces(file: string, traces: readonly Trace[], bytes: number): Promise<void> {
  const out = createWriteStream(file);
  for (let written = 0, index = 0; written < bytes; index++) {
    const line = `${JSON.stringify({ ...traces[index % traces.length], runId: `run-${index}` })}\n`;
    written += Buffer.byteLength(line);
    if (!out.write(line)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
}
