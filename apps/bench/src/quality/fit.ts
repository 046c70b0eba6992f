/** Fits the accept model on recorded answers and writes its weights: `node --conditions=@cascadeflow/source apps/bench/src/quality/fit.ts [DATA] [OUT]`. */
import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { packTrees } from '@cascadeflow/quality';
import { crossFit, toWeights } from './cross-fit.ts';
import { loadExamples } from './examples.ts';
import { fitHeads, fitTokens, fitTrees } from './training.ts';

const root = resolve(import.meta.dirname, '../../../..');
const data = resolve(process.argv[2] ?? resolve(root, '../shared/bench'));
const out = resolve(process.argv[3] ?? resolve(root, 'packages/quality/src/accept/weights.json'));

const examples = loadExamples(data);
console.log(`${examples.length} answers`);
const { standings, trials, weights } = crossFit(examples, console.log);
const fitted = toWeights(examples, fitTrees(examples), { ...fitHeads(standings, trials), tokens: fitTokens(standings, examples) });
writeFileSync(out, `${JSON.stringify({ ...fitted, draft: packTrees(fitted.draft) })}\n`);
if (process.argv[4]) writeFileSync(resolve(process.argv[4]), JSON.stringify(weights));
console.log(`wrote ${out}`);
