// Prints the weights of the token estimate and its error. Needs gpt-tokenizer beside the script: npm install --no-save gpt-tokenizer.
// Run: node --conditions=@cascadeflow/source fit-tokens.ts [--data ../shared/bench]
import { readFileSync } from 'node:fs';
import { readTokenParts, tokenParts, tokenWeights } from '../../../../packages/routing/src/text/estimate-tokens.ts';
import { fitRidge } from './ridge.ts';
import { foldOf, promptOf, readRows } from './rows.ts';

const perSet = 250;
const longest = 6000;
const tokenizer = 'gpt-tokenizer/encoding/o200k_base';
const { countTokens } = (await import(tokenizer)) as { countTokens: (text: string) => number };
const at = process.argv.indexOf('--data');
const data = at > 0 ? (process.argv[at + 1] ?? '') : '../shared/bench';

const parallel = JSON.parse(readFileSync(new URL('../../../../packages/routing/fixtures/parallel-prompts.json', import.meta.url), 'utf8')) as { prompts: string[][] };
const texts = parallel.prompts.flat();
for (const name of ['mmlu_pro', 'domains_labelled', 'zeroeval_math_l5', 'bfcl_questions', 'arena_bench_v1', 'routellm_mtbench']) {
  for (const row of readRows(data, name).slice(0, perSet)) {
    texts.push(promptOf(row).slice(0, longest));
    if (row.tools) texts.push(JSON.stringify(row.tools));
    const answer = Object.values(row.answers ?? {})[0]?.text;
    if (answer) texts.push(answer.slice(0, longest));
  }
}
const rows = texts.map((text) => ({ parts: Array.from(readTokenParts(text)), tokens: countTokens(text), train: foldOf(text, 2) === 0 })).filter((row) => row.tokens > 3);
const train = rows.filter((row) => row.train);
const solution = fitRidge(train.map((row) => [0, ...row.parts]), train.map((row) => row.tokens), train.map((row) => 1 / row.tokens ** 1.5), 1e-6).slice(1);
process.stdout.write(`${tokenParts.map((name, index) => `${name} ${solution[index]!.toFixed(3)}`).join(', ')}\n`);
for (const [label, weights] of [['fitted', solution], ['shipped', tokenWeights]] as const) {
  const errors = rows.filter((row) => !row.train).map((row) => row.parts.reduce((sum, part, index) => sum + part * (weights[index] ?? 0), 0) / row.tokens - 1);
  const sorted = errors.map(Math.abs).sort((a, b) => a - b);
  const low = [...errors].sort((a, b) => a - b);
  process.stdout.write(`${label}: n ${errors.length}, median error ${(100 * sorted[sorted.length >> 1]!).toFixed(1)}%, 95% within ${(100 * sorted[Math.floor(sorted.length * 0.95)]!).toFixed(1)}%, one in a hundred counts ${(100 * -low[Math.floor(low.length * 0.01)]!).toFixed(1)}% too few\n`);
}
