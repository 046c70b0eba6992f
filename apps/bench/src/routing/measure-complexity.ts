import { apgr, bootstrapInterval, type JudgedPair } from '@cascadeflow/calibration';
import { assessComplexity, complexityLevels } from '@cascadeflow/routing';
import { predictHead } from '../../../../packages/routing/src/complexity/complexity-model.ts';
import parallel from '../../../../packages/routing/fixtures/parallel-prompts.json' with { type: 'json' };
import type { Report } from '../report.ts';
import { difficultyExamples, folds, type DifficultyExample } from './complexity-data.ts';
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

/** Rank correlation with measured difficulty and the pre-router's APGR, cross-validated in five folds. */
export function measureDifficulty(folder: string, report: Report): void {
  const examples = difficultyExamples(folder);
  const failure = new Map<DifficultyExample, number>();
  const gain = new Map<DifficultyExample, number>();
  for (let fold = 0; fold < folds; fold++) {
    const model = { ...fitComplexity(examples.filter((example) => example.fold !== fold)), spread: 1 };
    for (const example of examples) {
      if (example.fold !== fold) continue;
      const demand = demandOf(example.text);
      failure.set(example, predictHead(model.failure, model, demand));
      gain.set(example, predictHead(model.gain, model, demand));
    }
  }
  const rank = (rows: readonly DifficultyExample[]) => spearman(rows.map((row) => failure.get(row) ?? 0), rows.map((row) => row.level ?? row.failure));
  for (const [name, set, bound] of [['mmlu_pro', 'mmlu_pro', 0.45], ['MATH levels', 'math', 0.55]] as const) {
    const rows = examples.filter((example) => example.set === set && (set !== 'math' || example.level !== undefined));
    const { value, low, high, n } = bootstrapInterval(rows, rank, { resamples: 300 });
    report.target(`complexity: Spearman, ${name}`, value, { atLeast: bound }, { n, interval: [low, high] });
  }
  for (const [name, set, bound] of [['routellm_mmlu', 'mmlu', 0.6], ['routellm_gsm8k', 'gsm8k', 0.62]] as const) {
    const answers = new Map(readRows(folder, name).map((row) => [row.id, row.answers ?? {}]));
    const measure = (field: 'correct' | 'correct_recomputed') => {
      const pairs = examples.filter((example) => example.set === set).map((example): JudgedPair => {
        const recorded = answers.get(example.id);
        const quality = (model: string) => ((recorded?.[model]?.[field] ?? recorded?.[model]?.correct) ? 1 : 0);
        return { score: -(gain.get(example) ?? 0), draftQuality: quality('mixtral-8x7b-instruct-v0.1'), verifierQuality: quality('gpt-4-1106-preview'), draftCost: 0, verifierCost: 1 };
      });
      return bootstrapInterval(pairs, apgr, { resamples: 200 });
    };
    const published = measure('correct');
    report.target(`pre-router: APGR, ${name}, mixtral-8x7b and gpt-4-1106, published labels`, published.value, { atLeast: bound }, { n: published.n, interval: [published.low, published.high] });
    if (set !== 'gsm8k') continue;
    const recomputed = measure('correct_recomputed');
    report.figure({ name: `pre-router: APGR, ${name}, recomputed labels`, value: recomputed.value, n: recomputed.n, interval: [recomputed.low, recomputed.high] });
  }
}
