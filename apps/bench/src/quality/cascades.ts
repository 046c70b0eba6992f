import type { QualityLevel } from '@cascadeflow/contract';
import { createJudge } from '@cascadeflow/quality';
import type { BenchContext } from '../bench.ts';
import type { ChartPoint } from './chart.ts';
import type { CrossFit } from './cross-fit.ts';
import type { Example } from './examples.ts';
import type { Question } from './recordings.ts';
import { pairs, trios } from './reported.ts';
import { acceptance, cascade, draftPrice, interval, kept, oracle, plainAgreement, randomKept, saved, walk, type Outcome } from './walk.ts';

/** What cascades keep and save at each level, beside what simple policies do; the points of the chart. */
export function measureCascades(examples: readonly Example[], fit: CrossFit, report: BenchContext['report']): ChartPoint[] {
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
    if (level === 'balanced') {
      const floor = trios.map(([set, models]) => walk([...folds.keys()].filter((question) => question.set === set), models, plainAgreement));
      report.figure({ name: 'two drafters, plain agreement: mean saved', value: mean(floor.map(saved)), unit: '%' });
      report.figure({ name: 'two drafters, plain agreement: mean kept', value: mean(floor.map(kept)), unit: '%' });
    }
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
    report.figure({ name: `one drafter, ${level}: mean saved`, value: mean(results.map(saved)), unit: '%', n: results.length });
    if (level !== 'balanced') continue;
    report.target('one drafter, balanced: lowest quality kept', Math.min(...results.map(kept)), { atLeast: 98 }, { unit: '%', n: results.length });
    // A pair that accepts nothing loses just the price of its drafts: what is left of the sum then is floating-point noise.
    const leastSaved = Math.min(...results.map((rows) => saved(rows) + draftPrice(rows)));
    report.target('one drafter, balanced: least saved, the price of the drafts added', Math.round(leastSaved * 1e9) / 1e9 + 0, { atLeast: 0 }, { unit: '%', n: results.length });
  }
  report.note('\nNot run: code output questions, the sixth trio, because no recorded set has them.');
  return points;
}
