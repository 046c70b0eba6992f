import { writeFile } from 'node:fs/promises';
import { advise as adviseOn, type Advice, fitCalibration } from '@cascadeflow/calibration';
import type { Trace } from '@cascadeflow/contract';
import type { Command } from 'commander';
import { engineFor, replayAll } from '../calibrate/engine.ts';
import { loadTraces } from '../calibrate/open-traces.ts';
import { share } from '../calibrate/present-summary.ts';
import { addTraceFlags, parseShare, type TraceFlags } from '../calibrate/trace-flags.ts';
import { ExitCode } from '../command-line/exit-code.ts';
import type { Io } from '../command-line/io.ts';
import { formatMoney } from '../terminal/figures.ts';
import { progressLine } from '../terminal/progress-line.ts';
import { renderTable } from '../terminal/table.ts';

interface AdviseFlags extends TraceFlags {
  readonly reference?: string;
  readonly keep: number;
  readonly out?: string;
}

/** `cascadeflow advise`: the cheapest policy that keeps the quality, or one model alone where that is right. */
export function define(command: Command, io: Io, end: (code: ExitCode) => void): void {
  addTraceFlags(command)
    .option('-r, --reference <model>', 'model used today, whose quality is to be kept; default: the best one recorded')
    .option('--keep <share>', 'share of its quality to keep', parseShare(0, 2), 1)
    .option('-o, --out <file>', 'where a cascade is advised: write its calibration')
    .addHelpText('after', '\nExample:\n  cascadeflow advise traces.jsonl --reference gpt-5 --keep 0.99 -o calibration.json')
    .action(async (files: readonly string[], flags: AdviseFlags) => end(await advise(files, flags, io)));
}

async function advise(files: readonly string[], flags: AdviseFlags, io: Io): Promise<ExitCode> {
  // Models that few traces have are left out by the adviser; asking for them of every line would leave out the lines.
  const { models: wanted, ...rest } = flags;
  const { traces, prices } = await loadTraces(files, rest, io);
  const engine = engineFor(prices, io);
  const progress = progressLine(io.err);
  const advice = await adviseOn(traces, {
    ...engine,
    keep: flags.keep,
    ...(wanted !== undefined && { models: wanted }),
    ...(flags.reference !== undefined && { reference: flags.reference }),
    onProgress: ({ round, rounds, teams, done, rows }) => progress.show(`round ${round} of ${rounds}: ${done} of ${teams} teams on ${rows} questions`),
  });
  progress.clear();
  if (flags.out !== undefined && advice.kind === 'cascade') {
    const { models } = advice.recommendation;
    const usable = traces.filter((trace) => models.every((model) => trace.answers.some((answer) => answer.model === model)));
    const rows = await replayAll(usable, { ...engine, models, probe: true }, io, 'judging');
    // What is kept is a share of the reference's quality, whichever model verifies.
    const reference = { reference: meanQuality(usable, advice.reference) };
    const calibration = await fitCalibration(rows, usable, { models, keep: { balanced: flags.keep }, ...advice.care, ...reference });
    await writeFile(flags.out, `${JSON.stringify(calibration, null, 2)}\n`);
  }
  io.out.write(flags.json === true ? `${JSON.stringify(advice, null, 2)}\n` : present(advice, flags, io));
  return ExitCode.ok;
}

function meanQuality(traces: readonly Trace[], model: string): number {
  const scores = traces.flatMap((trace) => trace.answers.flatMap((answer) => (answer.model === model && answer.label !== undefined ? [answer.label.score] : [])));
  return scores.reduce((sum, score) => sum + score, 0) / scores.length;
}

const kinds = { cascade: 'CASCADE', 'verifier-alone': 'NO CASCADE', 'cheap-alone': 'NO CASCADE' } as const;

function present({ kind, reason, recommendation, reference, frontier, rows, leftOut }: Advice, { out }: AdviseFlags, io: Io): string {
  const table = renderTable(
    [{ title: 'policy', flexible: true }, { title: 'quality kept', align: 'right' }, { title: 'saved', align: 'right' }, { title: 'per 1,000', align: 'right' }],
    frontier.map((policy) => [policy.models.join(' > '), share(policy.qualityKept), share(policy.saved), formatMoney(policy.cost * 1000)]),
    io.out.columns,
  );
  const lines = [
    `${kinds[kind]}: ${reason}`,
    `  saved ${share(recommendation.saved)}, quality kept ${share(recommendation.qualityKept)}, against ${reference} alone on ${rows} questions, held out`,
    ...(kind === 'cascade' && out !== undefined ? [`  calibration written to ${out}`] : []),
    ...(leftOut.length > 0 ? [`  not considered, for too few labelled and priced answers: ${leftOut.join(', ')}`] : []),
    '',
    'What no other policy beats in both cost and quality:',
    table,
    '',
  ];
  return lines.join('\n');
}
