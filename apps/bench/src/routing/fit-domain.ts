// Fits packages/routing/src/weights/domain.json. Run: node --conditions=@cascadeflow/source fit-domain.ts [--data ../shared/bench]
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { auxiliaryExamples, labelledExamples, ownExamples, type DomainExample } from './domain-data.ts';
import { capped, comparable, domainBits, domainClasses, domainScores, fitDomain } from './domain-fit.ts';
import { chooseTemperature, chooseToolsOffered } from './domain-tune.ts';
import { quantise } from './quantise.ts';
import { foldOf } from './rows.ts';

const folds = 3;
const at = process.argv.indexOf('--data');
const data = at > 0 ? (process.argv[at + 1] ?? '') : '../shared/bench';
const labelled = labelledExamples(data);
const auxiliary = capped(auxiliaryExamples(data));
const own = ownExamples(data, 5);

/** Scores of rows that the model which gave them had not seen, nor any prompt of the same template. */
const held: { example: DomainExample; scores: Float64Array }[] = [];
for (let fold = 0; fold < folds; fold++) {
  const isHeld = (example: DomainExample) => foldOf(example.group ?? comparable(example.text), folds) === fold;
  const texts = new Set(labelled.filter(isHeld).map((example) => comparable(example.text)));
  const model = fitDomain(
    labelled.filter((example) => !isHeld(example)),
    [...auxiliary.filter((example) => !texts.has(comparable(example.text))), ...own.filter((example) => !isHeld(example))],
  );
  for (const example of [...labelled, ...own].filter(isHeld)) held.push({ example, scores: domainScores(model, example.text) });
}
const toolsOffered = chooseToolsOffered(held);
const temperature = chooseTemperature(held);
const model = fitDomain(labelled, [...auxiliary, ...own]);
const packed = quantise(model);
const kept = packed.weights.join('').length;
const file = {
  provenance: {
    fittedOn: `domains_labelled (${labelled.length}), questions of other recorded sets by subject or intent (${auxiliary.length}), own prompts (${own.length})`,
    script: 'apps/bench/src/routing/fit-domain.ts',
    model: `multinomial logistic regression on hashed words, word pairs, openings and endings of words, ${1 << domainBits} buckets, the ${kept} strongest weights in 13 steps`,
  },
  bits: domainBits,
  classes: domainClasses,
  scales: packed.scales,
  bias: Array.from(model.bias, (value) => Number(value.toFixed(3))),
  toolsOffered,
  temperature,
  gaps: packed.gaps,
  weights: packed.weights,
};
const text = `${JSON.stringify(file, null, 1)}\n`;
writeFileSync(new URL('../../../../packages/routing/src/weights/domain.json', import.meta.url), text);
process.stdout.write(`${text.length} bytes, ${gzipSync(text).length} gzipped, temperature ${temperature}, tools offered +${toolsOffered}, ${kept} weights\n`);
