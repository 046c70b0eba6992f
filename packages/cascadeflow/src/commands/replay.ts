import { createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { replay as replayTraces, type ReplayRow, summarise } from '@cascadeflow/calibration';
import type { Trace } from '@cascadeflow/contract';
import type { Command } from 'commander';
import { engineFor, policyFor } from '../calibrate/engine.ts';
import { openTraces } from '../calibrate/open-traces.ts';
import { presentSummary } from '../calibrate/present-summary.ts';
import { readRows } from '../calibrate/read-rows.ts';
import { addCascadeFlags, type CascadeFlags } from '../calibrate/trace-flags.ts';
import { ExitCode } from '../command-line/exit-code.ts';
import type { Io } from '../command-line/io.ts';
import { progressLine } from '../terminal/progress-line.ts';

interface ReplayFlags extends CascadeFlags {
  readonly out?: string;
}

/** `cascadeflow replay`: what a cascade would have done with recorded traffic. */
export function define(command: Command, io: Io, end: (code: ExitCode) => void): void {
  addCascadeFlags(command)
    .option('-o, --out <file>', 'write one row a question; runs that are already in the file are not replayed again')
    .addHelpText('after', '\nExample:\n  cascadeflow replay traces.jsonl -m gpt-4o-mini,gpt-5 --quality strict')
    .action(async (files: readonly string[], flags: ReplayFlags) => end(await replay(files, flags, io)));
}

async function replay(files: readonly string[], flags: ReplayFlags, io: Io): Promise<ExitCode> {
  const rows: ReplayRow[] = flags.out === undefined ? [] : await readRows(flags.out, io);
  const done = new Set(rows.map((row) => row.id));
  const { traces, models, prices } = await openTraces(files, flags, io);
  const { memory: _, ...engine } = engineFor(prices, io);
  const out = flags.out === undefined ? undefined : createWriteStream(flags.out, { flags: 'a' });
  const progress = progressLine(io.err);
  for await (const row of replayTraces(without(traces, done), { ...engine, ...(await policyFor(flags)), models })) {
    // Signals are for fitting; held for a whole file they would fill the memory.
    const verdicts = row.verdicts.map((verdict) => ({ ...verdict, signals: [] }));
    rows.push({ ...row, verdicts });
    if (out !== undefined && !out.write(`${JSON.stringify({ ...row, verdicts })}\n`)) await once(out, 'drain');
    if (rows.length % 50 === 0) progress.show(`replayed ${rows.length}`);
  }
  progress.clear();
  if (out !== undefined) {
    out.end();
    await once(out, 'close');
  }
  const summary = summarise(rows);
  io.out.write(flags.json === true ? `${JSON.stringify({ models, ...summary }, null, 2)}\n` : presentSummary(models, summary));
  return summary.rows > 0 ? ExitCode.ok : ExitCode.failed;
}

async function* without(traces: AsyncIterable<Trace>, done: ReadonlySet<string>): AsyncGenerator<Trace> {
  for await (const trace of traces) if (!done.has(trace.runId)) yield trace;
}
