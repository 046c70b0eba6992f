/** The judge on recorded answers, cross-validated: ranking, calibration, what cascades keep and save, hand-written pairs, speed. `--leave-out` adds left-out models and benchmarks. */
import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { BenchContext, BenchOptions } from './bench.ts';
import { measureCascades } from './quality/cascades.ts';
import { drawChart } from './quality/chart.ts';
import { crossFit } from './quality/cross-fit.ts';
import { loadExamples } from './quality/examples.ts';
import { measurePairs } from './quality/measure-pairs.ts';
import { measureRanking } from './quality/ranking.ts';
import { measureSpeed } from './quality/speed.ts';

export const options: BenchOptions = { 'leave-out': { type: 'boolean', default: false }, chart: { type: 'string' } };

export async function bench({ data, flags, report }: BenchContext): Promise<void> {
  if (existsSync(data)) measureRecorded(data, flags, report);
  else report.note(`skipped: everything on recorded answers, because ${data} is missing`);
  await measurePairs(report);
  await measureSpeed(report);
}

function measureRecorded(data: string, flags: BenchContext['flags'], report: BenchContext['report']): void {
  const examples = loadExamples(data);
  report.note(`${examples.length} recorded answers; prices are the list prices of the recordings' time; thresholds were chosen on these sets by cross-validation`);
  const fit = crossFit(examples, (line) => report.note(line));
  measureRanking(examples, fit, report, flags['leave-out'] === true);
  const points = measureCascades(examples, fit, report);
  const chart = flags['chart'];
  if (typeof chart === 'string') writeFileSync(resolve(chart), drawChart('What cascades keep and save on recorded answers', points));
}
