import { writeFile } from 'node:fs/promises';
import { certify, renderReport, toPairs, toReportData } from '@cascadeflow/calibration';
import type { Command } from 'commander';
import { engineFor, policyFor, replayAll } from '../calibrate/engine.ts';
import { loadTraces } from '../calibrate/open-traces.ts';
import { presentSummary } from '../calibrate/present-summary.ts';
import { addCascadeFlags, type CascadeFlags, parseShare } from '../calibrate/trace-flags.ts';
import { ExitCode } from '../command-line/exit-code.ts';
import type { Io } from '../command-line/io.ts';

interface ReportFlags extends CascadeFlags {
  readonly out: string;
  readonly title?: string;
  readonly maxQualityLoss: number;
}

/** Confidence of the guarantee that a report tells of. */
const confidence = 0.95;

/** `cascadeflow report`: one page that shows what a cascade saves and what it loses. */
export function define(command: Command, io: Io, end: (code: ExitCode) => void): void {
  addCascadeFlags(command)
    .requiredOption('-o, --out <file>', 'HTML file to write; it holds everything and loads nothing')
    .option('--title <text>', 'title of the page')
    .option('--max-quality-loss <points>', 'loss that the guarantee on the page is about', parseShare(0, 0.5), 0.02)
    .addHelpText('after', '\nThe page holds prompts and answers of some questions.')
    .action(async (files: readonly string[], flags: ReportFlags) => end(await report(files, flags, io)));
}

async function report(files: readonly string[], flags: ReportFlags, io: Io): Promise<ExitCode> {
  const { traces, models, prices, count } = await loadTraces(files, flags, io);
  const config = { ...engineFor(prices, io), ...(await policyFor(flags)), models };
  const probe = await replayAll(traces, { ...config, probe: true }, io, 'judging');
  const policy = await replayAll(traces, config, io, 'replaying');
  const data = toReportData(traces, policy, probe, models);
  const { maxQualityLoss } = flags;
  // With opinions the first draft's threshold alone is not the policy, so nothing is certified for it.
  const guarantee = models.length === 2 ? { guarantee: { result: certify(toPairs(probe), { maxQualityLoss, confidence }), maxQualityLoss, confidence } } : {};
  await writeFile(flags.out, renderReport(data, { badLines: count.bad, ...guarantee, ...(flags.title !== undefined && { title: flags.title }) }));
  io.out.write(flags.json === true ? `${JSON.stringify({ file: flags.out, models, figures: data.figures, ...data.summary }, null, 2)}\n` : `${presentSummary(models, data.summary)}  page          ${flags.out}\n`);
  return data.summary.rows > 0 ? ExitCode.ok : ExitCode.failed;
}
