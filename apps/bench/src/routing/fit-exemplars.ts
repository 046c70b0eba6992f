// Chooses packages/routing/src/weights/exemplars.json and prints what meaning adds at several settings.
// Run: node --conditions=@cascadeflow/source fit-exemplars.ts [--data ../shared/bench]
import { readFileSync, writeFileSync } from 'node:fs';
import { cosine } from '@cascadeflow/contract';
import { createEmbedder } from '@cascadeflow/semantic';
import { auxiliaryExamples, labelledExamples, ownExamples, type DomainExample } from './domain-data.ts';
import { capped, comparable, domainClasses, domainScores, fitDomain } from './domain-fit.ts';
import { foldOf } from './rows.ts';
import { softmax } from './softmax.ts';

const perDomain = 30;
const longest = 240;
const folds = 3;
const at = process.argv.indexOf('--data');
const data = at > 0 ? (process.argv[at + 1] ?? '') : '../shared/bench';

const own = ownExamples(data, 1, 11);
const exemplars = Object.fromEntries(
  domainClasses.map((domain) => {
    const fitting = own.filter((example) => example.domain === domain && example.text.length <= longest && example.text.length >= 12);
    const step = Math.max(1, Math.floor(fitting.length / perDomain));
    return [domain, fitting.filter((_, index) => index % step === 0).slice(0, perDomain).map((example) => example.text)];
  }),
);
const levels = JSON.parse(readFileSync(new URL('./training/levels.json', import.meta.url), 'utf8')) as { readonly [level: string]: readonly string[] };
writeFileSync(new URL('../../../../packages/routing/src/weights/exemplars.json', import.meta.url), `${JSON.stringify({ provenance: { from: 'own prompts, apps/bench/src/routing/training' }, exemplars, levels })}\n`);

const embedder = createEmbedder();
const centroids = await Promise.all(
  domainClasses.map(async (domain) => {
    const vectors = await embedder.embed(exemplars[domain] ?? []);
    const sum = new Float32Array(embedder.dimensions);
    for (const vector of vectors) vector.forEach((value, index) => (sum[index]! += value));
    const length = Math.hypot(...sum) || 1;
    return sum.map((value) => value / length);
  }),
);
const labelled = labelledExamples(data);
const auxiliary = capped(auxiliaryExamples(data));
const many = ownExamples(data, 3);
const held: { example: DomainExample; words: Float64Array; near: number[] }[] = [];
for (let fold = 0; fold < folds; fold++) {
  const isHeld = (example: DomainExample) => foldOf(example.group ?? comparable(example.text), folds) === fold;
  const texts = new Set(labelled.filter(isHeld).map((example) => comparable(example.text)));
  const model = fitDomain(labelled.filter((example) => !isHeld(example)), [...auxiliary.filter((example) => !texts.has(comparable(example.text))), ...many]);
  const rows = labelled.filter(isHeld);
  const vectors = await embedder.embed(rows.map((example) => example.text.slice(0, 1000)));
  rows.forEach((example, index) => {
    held.push({ example, words: softmax(domainScores(model, example.text), 0.65), near: centroids.map((centroid) => cosine(centroid, vectors[index]!)) });
  });
}
for (const sharpness of [6, 10, 14, 20]) {
  for (const share of [0, 0.2, 0.35, 0.5, 1]) {
    let hits = 0;
    for (const { example, words, near } of held) {
      const meaning = softmax(Float64Array.from(near, (value) => value * sharpness));
      let best = 0;
      const mixed = domainClasses.map((_, index) => (1 - share) * words[index]! + share * meaning[index]!);
      for (let index = 1; index < mixed.length; index++) if (mixed[index]! > mixed[best]!) best = index;
      if (domainClasses[best] === example.domain) hits++;
    }
    process.stdout.write(`sharpness ${sharpness} share ${share}: ${(hits / held.length).toFixed(3)}\n`);
  }
}
