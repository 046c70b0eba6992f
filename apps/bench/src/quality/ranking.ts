import { headLogOdds, nameClass, predict, tokenInputs, type BoostedTrees } from '@cascadeflow/quality';
import type { BenchContext } from '../bench.ts';
import { bootstrapInterval } from '../statistics.ts';
import type { CrossFit } from './cross-fit.ts';
import type { Example } from './examples.ts';
import { auroc, brier, ece } from './metrics.ts';
import { benchmarks, ranked } from './reported.ts';
import { fitTrees, truthOf } from './training.ts';

const toProbability = (logOdds: number) => 1 / (1 + Math.exp(-logOdds));
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

function drafts(examples: readonly Example[], set: string, model: string): Example[] {
  return examples.filter((example) => example.question.set === set && example.model === model);
}

function score(rows: readonly Example[], trees: (example: Example) => BoostedTrees): { probabilities: number[]; good: number[] } {
  return { probabilities: rows.map((row) => (row.veto ? 0 : toProbability(predict(trees(row), row.row)))), good: rows.map((row) => row.good) };
}

/** How well probabilities rank and mean what they say: cross-validated by question, with token probabilities, with one model and one benchmark left out. */
export function measureRanking(examples: readonly Example[], { weights }: CrossFit, report: BenchContext['report'], leaveOut: boolean): void {
  const own = (example: Example) => weights[example.fold]?.draft as BoostedTrees;
  report.note('\nRanking, cross-validated by question, no log probabilities');
  const areas: number[] = [];
  const pooled: { probabilities: number[]; good: number[] } = { probabilities: [], good: [] };
  for (const [set, [model]] of ranked) {
    const { probabilities, good } = score(drafts(examples, set, model as string), own);
    const area = auroc(probabilities, good);
    areas.push(area);
    pooled.probabilities.push(...probabilities);
    pooled.good.push(...good);
    const rows = probabilities.map((probability, index) => [probability, good[index] as number] as const);
    const [low, high] = bootstrapInterval(rows, (sample) => auroc(sample.map(([p]) => p), sample.map(([, g]) => g)), { resamples: 200 });
    report.figure({ name: `AUROC ${set} ${model}`, value: area, n: good.length, interval: [low, high] });
    report.note(`  ECE ${ece(probabilities, good).toFixed(3)}, Brier ${brier(probabilities, good).toFixed(3)}, good ${mean(good).toFixed(3)}, predicted ${mean(probabilities).toFixed(3)}`);
  }
  report.target('mean AUROC, one drafter, no log probabilities', mean(areas), { atLeast: 0.73 }, { n: areas.length });
  report.target('lowest AUROC of them', Math.min(...areas), { atLeast: 0.6 });
  report.target('ECE over all their drafts', ece(pooled.probabilities, pooled.good), { atMost: 0.05 }, { n: pooled.good.length });
  for (const [set, least] of [['calib_sciq_test', 0.9], ['calib_boolq_valid', 0.7]] as const) {
    const rows = ['Meta-Llama-3.1-8B-Instruct', 'Meta-Llama-3.1-70B-Instruct', 'gpt-4o'].map((model) => drafts(examples, set, model).filter((example) => example.answerProbability !== undefined));
    const joined = (example: Example) => headLogOdds(weights[example.fold]?.tokens ?? [], tokenInputs(predict(own(example), example.row), nameClass(example.model) ?? 0, example.answerProbability ?? 0.5, truthOf(example)));
    const each = rows.map((found) => auroc(found.map(joined), found.map((example) => example.good)));
    report.note(`  ${set} by model: ${each.map((value) => value.toFixed(3)).join(', ')}`);
    report.target(`AUROC ${set} with answer-token probabilities, mean over models`, mean(each), { atLeast: least }, { n: rows.flat().length });
  }
  if (leaveOut) measureLeftOut(examples, report);
}

function measureLeftOut(examples: readonly Example[], report: BenchContext['report']): void {
  report.note('\nOne benchmark left out');
  const areas: number[] = [];
  for (const [set, [model]] of ranked) {
    const group = benchmarks.find((sets) => sets.includes(set)) as readonly string[];
    const trees = leftOut.get(group) ?? fitTrees(examples.filter((example) => !group.includes(example.question.set)));
    leftOut.set(group, trees);
    const { probabilities, good } = score(drafts(examples, set, model as string), () => trees);
    areas.push(auroc(probabilities, good));
    report.figure({ name: `AUROC ${set} ${model}, benchmark left out`, value: auroc(probabilities, good), n: good.length });
  }
  report.target('mean AUROC, benchmark left out', mean(areas), { atLeast: 0.66 });
  report.note('\nOne model left out');
  const others: number[] = [];
  for (const [set, [model]] of ranked) {
    const name = stem(model as string);
    const trees = withoutModel.get(name) ?? fitTrees(examples.filter((example) => stem(example.model) !== name && example.fold !== 0));
    withoutModel.set(name, trees);
    const { probabilities, good } = score(drafts(examples, set, model as string).filter((example) => example.fold === 0), () => trees);
    others.push(auroc(probabilities, good));
    report.figure({ name: `AUROC ${set} ${model}, model left out`, value: auroc(probabilities, good), n: good.length });
  }
  report.figure({ name: 'mean AUROC, model left out', value: mean(others) });
}

/** The same for all names of one model. */
function stem(name: string): string {
  return name.toLowerCase().replace(/[^a-z\d]/g, '').replace(/^meta/, '').slice(0, 9);
}

const leftOut = new Map<readonly string[], BoostedTrees>();
const withoutModel = new Map<string, BoostedTrees>();
