/** The judge on recorded answers, cross-validated: ranking, calibration, what cascades keep and save, hand-written pairs, speed. `--leave-out` adds left-out models and benchmarks. */
import { existsSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { QualityLevel } from '@cascadeflow/contract';
import { createJudge } from '@cascadeflow/quality';
import type { BenchContext, BenchOptions } from './bench.ts';
import { drawChart, type ChartPoint } from './quality/chart.ts';
import { crossFit, type CrossFit } from './quality/cross-fit.ts';
import { loadExamples, type Example } from './quality/examples.ts';
import { measurePairs } from './quality/measure-pairs.ts';
import { measureRanking } from './quality/ranking.ts';
import type { Question } from './quality/recordings.ts';
import { pairs, trios } from './quality/reported.ts';
import { measureSpeed } from './quality/speed.ts';
import { acceptance, cascade, interval, kept, oracle, plainAgreement, randomKept, saved, walk, type Outcome } from './quality/walk.ts';

export const options: BenchOptions = { 'leave-out': { type: 'boolean', default: false }, chart: { type: 'string' } };

export async function bench({ data, flags, report }: BenchContext): Promise<void> {
  await measureSpeed(report);
  await measurePairs(report);
  if (!existsSync(data)) return report.note(`skipped: everything on recorded answers, because ${data} is missing`);
  const examples = loadExamples(data);
  report.note(`\n${examples.length} recorded answers; prices are the list prices of the recordings' time; thresholds were chosen on these sets by cross-validation`);
  const fit = crossFit(examples, (line) => report.note(line));
  measureRanking(examples, fit, report, flags['leave-out'] === true);
  const points = measureCascades(examples, fit, report);
  const chart = flags['chart'];
  if (typeof chart === 'string') writeFileSync(resolve(chart), drawChart('What cascades keep and save on recorded answers', points));
}

function measureCascades(examples: readonly Example[], fit: CrossFit, report: BenchContext['report']): ChartPoint[] {
  const folds = new Map<Question, number>();
  for (const example of examples) folds.set(example.question, example.fold);
  const judges = fit.weights.map((model) => createJudge({ model }));
  const judgeOf = (question: Question) => judges[folds.get(question) ?? 0] as (typeof judges)[number];
  const points: ChartPoint[] = [];
  const run = (set: string, models: readonly string[], level: QualityLevel): Outcome[] => {
    const questions = [...folds.keys()].filter((question) => question.set === set);
    const rows = walk(questions, models, cascade(judgeOf, level));
    const name = `${set} ${models.map((model) => model.slice(0, 14)).join(' > ')}`;
    const floors = `random ${randomKept(rows).toFixed(1)}`;
    report.note(`${level.padEnd(9)}${name}: n ${rows.length}, kept ${kept(rows).toFixed(1)}% ${interval(rows, kept)}, saved ${saved(rows).toFixed(1)}% ${interval(rows, saved)}, accepted ${acceptance(rows).toFixed(1)}%, ${floors}`);
    points.push({ series: `${models.length > 2 ? 'two drafters' : 'one drafter'}, ${level}`, label: name, saved: saved(rows), kept: kept(rows) });
    if (level === 'balanced') {
      const best = walk(questions, models, oracle);
      const plain = models.length > 2 ? walk(questions, models, plainAgreement) : undefined;
      report.note(`         always-draft kept ${((100 * rows.reduce((sum, row) => sum + row.draftGood, 0)) / rows.reduce((sum, row) => sum + row.verifierGood, 0)).toFixed(1)}%, always-verifier 100% and 0% saved, oracle kept ${kept(best).toFixed(1)}% saved ${saved(best).toFixed(1)}%${plain ? `, plain agreement kept ${kept(plain).toFixed(1)}% saved ${saved(plain).toFixed(1)}%` : ''}`);
      if (plain) points.push({ series: 'plain agreement', label: name, saved: saved(plain), kept: kept(plain) });
    }
    return rows;
  };
  const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  for (const level of ['economy', 'balanced', 'strict'] as const) {
    report.note(`\nTwo drafters and a verifier, ${level}`);
    const results = trios.map(([set, models]) => run(set, models, level));
    const [keeps, saves] = [results.map(kept), results.map(saved)];
    report.figure({ name: `two drafters, ${level}: mean saved`, value: mean(saves), unit: '%' });
    report.figure({ name: `two drafters, ${level}: mean kept`, value: mean(keeps), unit: '%' });
    if (level === 'balanced') {
      report.target('two drafters, balanced: mean quality kept', mean(keeps), { atLeast: 99.5 }, { unit: '%', n: results.length });
      report.target('two drafters, balanced: lowest quality kept', Math.min(...keeps), { atLeast: 98 }, { unit: '%' });
      report.target('two drafters, balanced: mean saved', mean(saves), { atLeast: 53 }, { unit: '%' });
    } else if (level === 'strict') {
      report.target('two drafters, strict: mean quality kept', mean(keeps), { atLeast: 100 }, { unit: '%' });
      report.target('two drafters, strict: lowest quality kept', Math.min(...keeps), { atLeast: 99 }, { unit: '%' });
    }
  }
  for (const level of ['economy', 'balanced', 'strict'] as const) {
    report.note(`\nOne drafter and a verifier, ${level}`);
    const results = pairs.map(([set, models]) => run(set, models, level));
    if (level === 'balanced') report.target('one drafter, balanced: lowest quality kept', Math.min(...results.map(kept)), { atLeast: 98 }, { unit: '%', n: results.length });
  }
  return points;
}
