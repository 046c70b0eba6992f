// Fits packages/routing/src/weights/complexity.json. Run: node --conditions=@cascadeflow/source fit-complexity.ts [--data ../shared/bench]
import { writeFileSync } from 'node:fs';
import { predictHead } from '../../../../packages/routing/src/complexity/complexity-model.ts';
import { difficultyExamples, folds, foldOfText } from './complexity-data.ts';
import { demandOf, fitComplexity } from './complexity-fit.ts';
import { groupBy } from './group-by.ts';

const at = process.argv.indexOf('--data');
const examples = difficultyExamples(at > 0 ? (process.argv[at + 1] ?? '') : '../shared/bench');

/** Spread of the measured share around the expected one, on rows that the fit had not seen. */
let squares = 0;
let total = 0;
for (let fold = 0; fold < folds; fold++) {
  const model = { ...fitComplexity(examples.filter((example) => foldOfText(example.text) !== fold)), spread: 1 };
  for (const example of examples) {
    if (foldOfText(example.text) !== fold || example.set !== 'own') continue;
    squares += (predictHead(model.failure, model, demandOf(example.text)) - example.failure) ** 2 * example.weight;
    total += example.weight;
  }
}
const counts = [...groupBy(examples, (example) => example.set)].map(([set, rows]) => `${set} (${rows.length})`);
const file = {
  provenance: { fittedOn: counts.join(', '), script: 'apps/bench/src/routing/fit-complexity.ts', model: 'ridge regression on language-independent counts, with gates for exam items and formulae' },
  ...fitComplexity(examples),
  spread: Number(Math.sqrt(squares / total).toFixed(3)),
};
writeFileSync(new URL('../../../../packages/routing/src/weights/complexity.json', import.meta.url), `${JSON.stringify(file)}\n`);
process.stdout.write(`${examples.length} rows, spread ${file.spread}\n`);
