import { apgr, bootstrapInterval, type JudgedPair } from '@cascadeflow/calibration';
import { assessComplexity, complexityLevels } from '@cascadeflow/routing';
import { predictHead } from '../../../../packages/routing/src/complexity/complexity-model.ts';
import parallel from '../../../../packages/routing/fixtures/parallel-prompts.json' with { type: 'json' };
import type { Report } from '../report.ts';
import { difficultyExamples, folds, foldOfText, type DifficultyExample } from './complexity-data.ts';
import { demandOf, fitComplexity } from './complexity-fit.ts';
import { readRows } from './rows.ts';
import { spearman } from './spearman.ts';

const rankOf = (content: string) => complexityLevels.findIndex((level) => level.label === assessComplexity({ messages: [{ role: 'user', content }] }).label);
/** A system prompt of 1.6 kB. */
const system = 'You are the assistant of a large insurer. Prove every claim, write code, follow each rule. '.repeat(18).slice(0, 1600);

/** Levels across languages, and with a long system prompt. Needs no recorded data. */
export function measureLanguages(report: Report): void {
  let exact = 0;
  let near = 0;
  let pairs = 0;
  let changed = 0;
  for (const [english = '', ...others] of parallel.prompts) {
    const bare = assessComplexity({ messages: [{ role: 'user', content: english }] });
    const framed = assessComplexity({ messages: [{ role: 'system', content: system }, { role: 'user', content: english }] });
    if (bare.label !== framed.label) changed++;
    for (const other of others) {
      const distance = Math.abs(rankOf(other) - rankOf(english));
      pairs++;
      if (distance === 0) exact++;
      if (distance <= 1) near++;
    }
  }
  report.target('complexity: same level in eight languages', exact / pairs, { atLeast: 0.75 }, { n: pairs });
  report.target('complexity: within one level in eight languages', near / pairs, { atLeast: 0.9 }, { n: pairs });
  report.target('complexity: levels changed by a system prompt of 1.6 kB', changed, { atMost: 0 }, { n: parallel.prompts.length });
}

/** Partitions of the questions into folds; figures are means over them, so that no lucky partition is reported. */
const splits = [0, 1, 2];

interface Predicted {
  readonly example: DifficultyExample;
  /** By split: what a fit that had not seen the question says. */
  readonly failure: number[];
  readonly gain: number[];
}

function crossFit(examples: readonly DifficultyExample[]): Predicted[] {
  const predicted = examples.map((example): Predicted => ({ example, failure: [], gain: [] }));
  const demands = examples.map((example) => demandOf(example.text));
  for (const split of splits) {
    const foldAt = examples.map((example) => foldOfText(example.text, split));
    for (let fold = 0; fold < folds; fold++) {
      const model = { ...fitComplexity(examples.filter((_, at) => foldAt[at] !== fold)), spread: 1 };
      predicted.forEach(({ failure, gain }, at) => {
        if (foldAt[at] !== fold) return;
        failure.push(predictHead(model.failure, model, demands[at]!));
        gain.push(predictHead(model.gain, model, demands[at]!));
      });
    }
  }
  return predicted;
}

const meanOverSplits = (measure: (split: number) => number) => splits.reduce((sum, _, split) => sum + measure(split), 0) / splits.length;

/** Rank correlation with measured difficulty and the pre-router's APGR, cross-validated in five folds by question, three times. */
export function measureDifficulty(folder: string, report: Report): void {
  const all = crossFit(difficultyExamples(folder));
  const rank = (rows: readonly Predicted[]) => meanOverSplits((split) => spearman(rows.map((row) => row.failure[split] ?? 0), rows.map(({ example }) => example.level ?? example.failure)));
  for (const [name, set, bound] of [['mmlu_pro', 'mmlu_pro', 0.45], ['MATH levels', 'math', 0.55]] as const) {
    const rows = all.filter(({ example }) => example.set === set && (set !== 'math' || example.level !== undefined));
    const { value, low, high, n } = bootstrapInterval(rows, rank, { resamples: 300 });
    report.target(`complexity: Spearman, ${name}`, value, { atLeast: bound }, { n, interval: [low, high] });
  }
  for (const [name, set, bound] of [['routellm_mmlu', 'mmlu', 0.6], ['routellm_gsm8k', 'gsm8k', 0.62]] as const) {
    const answers = new Map(readRows(folder, name).map((row) => [row.id, row.answers ?? {}]));
    const measure = (field: 'correct' | 'correct_recomputed') => {
      const rows = all.filter(({ example }) => example.set === set).map(({ example, gain }) => {
        const recorded = answers.get(example.id);
        const quality = (model: string) => ((recorded?.[model]?.[field] ?? recorded?.[model]?.correct) ? 1 : 0);
        return splits.map((_, split): JudgedPair => ({ score: -(gain[split] ?? 0), draftQuality: quality('mixtral-8x7b-instruct-v0.1'), verifierQuality: quality('gpt-4-1106-preview'), draftCost: 0, verifierCost: 1 }));
      });
      return bootstrapInterval(rows, (sample) => meanOverSplits((split) => apgr(sample.map((row) => row[split]!))), { resamples: 200 });
    };
    const published = measure('correct');
    report.target(`pre-router: APGR, ${name}, mixtral-8x7b and gpt-4-1106, published labels`, published.value, { atLeast: bound }, { n: published.n, interval: [published.low, published.high] });
    if (set !== 'gsm8k') continue;
    const recomputed = measure('correct_recomputed');
    report.figure({ name: `pre-router: APGR, ${name}, recomputed labels`, value: recomputed.value, n: recomputed.n, interval: [recomputed.low, recomputed.high] });
  }
}
