import { writeFile } from 'node:fs/promises';
import { fitCalibration } from '@cascadeflow/calibration';
import type { Calibration } from '@cascadeflow/contract';
import type { Command } from 'commander';
import { engineFor, replayAll } from '../calibrate/engine.ts';
import { loadTraces } from '../calibrate/open-traces.ts';
import { addTraceFlags, parseShare, type TraceFlags } from '../calibrate/trace-flags.ts';
import { ExitCode } from '../command-line/exit-code.ts';
import type { Io } from '../command-line/io.ts';

interface FitFlags extends TraceFlags {
  readonly out: string;
  readonly keep?: number;
}

/** `cascadeflow fit`: learns from labelled traces what the judge's probabilities mean on this traffic. */
export function define(command: Command, io: Io, end: (code: ExitCode) => void): void {
  addTraceFlags(command)
    .requiredOption('-o, --out <file>', 'calibration file to write; give it to an agent as { calibration }')
    .option('--keep <share>', 'share of the verifier\'s quality that level balanced is to keep', parseShare(0, 2))
    .addHelpText('after', '\nExample:\n  cascadeflow fit traces.jsonl -m gpt-4o-mini,gpt-5 -o calibration.json')
    .action(async (files: readonly string[], flags: FitFlags) => end(await fit(files, flags, io)));
}

async function fit(files: readonly string[], flags: FitFlags, io: Io): Promise<ExitCode> {
  const { traces, models, prices } = await loadTraces(files, flags, io);
  const rows = await replayAll(traces, { ...engineFor(prices, io), models, probe: true }, io, 'judging');
  const calibration = await fitCalibration(rows, traces, { models, ...(flags.keep !== undefined && { keep: { balanced: flags.keep } }) });
  await writeFile(flags.out, `${JSON.stringify(calibration, null, 2)}\n`);
  io.out.write(flags.json === true ? `${JSON.stringify({ file: flags.out, data: calibration.data, metrics: calibration.metrics }, null, 2)}\n` : present(flags.out, calibration));
  return ExitCode.ok;
}

function present(file: string, { data, metrics }: Calibration): string {
  const figure = (name: string) => metrics[name]?.toFixed(3) ?? '–';
  const share = (name: string) => (metrics[name] === undefined ? '–' : `${(100 * metrics[name]).toFixed(1)}%`);
  return [
    `${file}: fitted on ${data.rows} questions for ${data.models.join(' > ')}; figures are of rows held out`,
    `  AUROC  ${figure('judge.auroc')} before, ${figure('calibrated.auroc')} after`,
    `  ECE    ${figure('judge.ece')} before, ${figure('calibrated.ece')} after`,
    `  Brier  ${figure('judge.brier')} before, ${figure('calibrated.brier')} after`,
    `  level balanced: ${share('saved')} saved, ${share('qualityKept')} of the verifier's quality kept, ${share('acceptance')} accepted`,
    '',
  ].join('\n');
}
