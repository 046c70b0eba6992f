import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Embedder } from '@cascadeflow/contract';
import { type Centroid, classifyNearest, measureAgreement, measureAlignment, readCentroids, toCentroidData } from '@cascadeflow/semantic';
import type { Report } from '../report.ts';
import { createRandom } from '../statistics.ts';
import { fitLogistic } from './logistic.ts';
import { type AnsweredQuestion, recordedPairs, shuffle } from './pairs.ts';
import { isHeldOut, readQuestions, readRows, setNames } from './recorded.ts';

const DATA = join(import.meta.dirname, '../../../../packages/semantic/src/data');
/** Own answers that may be called off topic: the threshold stands at this share of the fitting rows. */
const FALSE_ALARMS = 0.005;
/** Talk without a subject, as models produce it. */
const emptyTalk = [
  "Sure, I'd be happy to help you with that! Please let me know if you have any further questions.",
  "That's a great question! There are many things to consider, and it really depends on the situation.",
  "I'm sorry, but I can't assist with that request.",
  'As an AI language model, I do not have access to real-time information or personal opinions.',
  'Thank you for reaching out. Could you please provide more details so that I can give you a better answer?',
  'Here is the answer you asked for. I hope this helps, and feel free to ask me anything else.',
  "Let's think about this step by step. First we look at the problem, then we solve it, and finally we check the result.",
  'It is important to note that this is a complex topic with many different perspectives.',
];

/** Fits alignment, agreement and centroids on the questions that are not held out, and writes them into the package. */
export async function fitAll(folder: string, embedder: Embedder, report: Report): Promise<void> {
  await fitAlignment(folder, embedder, report);
  await fitAgreement(folder, embedder, report);
  await fitCentroids(readRows(folder, 'domains_labelled').map((row) => [String(row['prompt']), String(row['domain'])] as const), 'domain', 3, embedder, report);
  await fitCentroids(readRows(folder, 'difficulty_math_levels').map((row) => [String(row['prompt']), String(row['difficulty_level'])] as const), 'difficulty', 1, embedder, report);
}

async function fitAlignment(folder: string, embedder: Embedder, report: Report): Promise<void> {
  const random = createRandom(11);
  const names = ['whole', 'best', 'coverage', 'echo'] as const;
  const rows: number[][] = [];
  const labels: boolean[] = [];
  const add = async (question: string, answer: string, own: boolean): Promise<void> => {
    const measures = await measureAlignment(question, answer, embedder);
    rows.push(names.map((name) => measures[name]));
    labels.push(own);
  };
  for (const pairs of recordedPairs(folder, false, 300).values()) {
    for (const [index, { question, answer }] of pairs.entries()) {
      await add(question, answer, true);
      await add(question, (pairs[(index + 1) % pairs.length] as AnsweredQuestion).answer, false);
      if (index % 8 === 0) await add(question, emptyTalk[Math.floor(random() * emptyTalk.length)] as string, false);
    }
  }
  const { bias, weights } = fitLogistic(rows, labels);
  const own = rows.filter((_, index) => labels[index]).map((row) => 1 / (1 + Math.exp(-row.reduce((sum, value, at) => sum + value * (weights[at] as number), bias))));
  const threshold = own.sort((a, b) => a - b)[Math.floor(own.length * FALSE_ALARMS)] as number;
  save('alignment', { rows: rows.length, threshold: round(threshold), bias: round(bias), ...named(names, weights) });
  report.note(`alignment fitted on ${rows.length} pairs; threshold ${round(threshold)}`);
}

async function fitAgreement(folder: string, embedder: Embedder, report: Report): Promise<void> {
  const random = createRandom(12);
  const names = ['whole', 'sentences', 'last', 'words', 'numbers'] as const;
  const rows: number[][] = [];
  const labels: boolean[] = [];
  for (const { a, b, agree } of agreementPairs(folder, false, random)) {
    const measures = await measureAgreement(a, b, embedder);
    rows.push(names.map((name) => measures[name]));
    labels.push(agree);
  }
  const { bias, weights } = fitLogistic(rows, labels);
  save('agreement', { rows: rows.length, bias: round(bias), ...named(names, weights) });
  report.note(`agreement fitted on ${rows.length} pairs`);
}

/** Two answers to one question: both right, or one right and one wrong. */
export function* agreementPairs(folder: string, heldOut: boolean, random: () => number): Generator<{ set: string; a: string; b: string; agree: boolean }> {
  for (const set of setNames(folder)) {
    const questions = readQuestions(folder, set).filter((one) => one.heldOut === heldOut);
    for (const { answers } of shuffle(questions, random).slice(0, 300)) {
      const usable = shuffle(answers.filter(({ text, correct }) => text.length > 40 && correct !== undefined), random);
      const right = usable.filter(({ correct }) => correct);
      const wrong = usable.filter(({ correct }) => !correct);
      if (right.length < 2 || wrong.length < 1) continue;
      yield { set, a: right[0]!.text.slice(0, 2000), b: right[1]!.text.slice(0, 2000), agree: true };
      yield { set, a: right[0]!.text.slice(0, 2000), b: wrong[0]!.text.slice(0, 2000), agree: false };
    }
  }
}

async function fitCentroids(labelled: readonly (readonly [string, string])[], name: string, perLabel: number, embedder: Embedder, report: Report): Promise<void> {
  const vectors = await embedder.embed(labelled.map(([text]) => text));
  const rows = labelled.map(([text, label], index) => ({ label, vector: vectors[index] as Float32Array, heldOut: isHeldOut(text) }));
  const centroids: Centroid[] = [...new Set(rows.map(({ label }) => label))].sort().flatMap((label) =>
    kMeans(rows.filter((row) => row.label === label && !row.heldOut).map(({ vector }) => vector), perLabel).map((vector) => ({ label, vector })),
  );
  const test = rows.filter(({ heldOut }) => heldOut);
  const sharpness = [5, 8, 12, 16, 20, 25, 30, 40].sort((a, b) => surprise(b) - surprise(a)).at(-1) as number;
  const shipped = toCentroidData(centroids, sharpness);
  const read = readCentroids(shipped);
  const right = test.filter(({ label, vector }) => classifyNearest(vector, read, sharpness)[0]?.label === label).length;
  save(`${name}-centroids`, shipped);
  report.note(`${name}: ${centroids.length} centroids, sharpness ${sharpness}, held-out accuracy ${(right / test.length).toFixed(3)} (n = ${test.length})`);

  function surprise(sharp: number): number {
    const fitting = rows.filter(({ heldOut }) => !heldOut);
    return fitting.reduce((sum, { label, vector }) => sum - Math.log(classifyNearest(vector, centroids, sharp).find((one) => one.label === label)?.probability ?? 1e-9), 0) / fitting.length;
  }
}

/** Spherical k-means, ten rounds from evenly spaced rows. */
function kMeans(vectors: readonly Float32Array[], k: number): Float32Array[] {
  let centres = Array.from({ length: Math.min(k, vectors.length) }, (_, index) => vectors[Math.floor((index * vectors.length) / k)] as Float32Array);
  for (let round = 0; round < 10; round++) {
    const sums = centres.map((centre) => new Float32Array(centre.length));
    for (const vector of vectors) {
      const near = centres.map((centre) => centre.reduce((sum, value, at) => sum + value * (vector[at] as number), 0));
      const sum = sums[near.indexOf(Math.max(...near))] as Float32Array;
      for (const [at, value] of vector.entries()) sum[at]! += value;
    }
    centres = sums.map((sum) => {
      const length = Math.hypot(...sum) || 1;
      return sum.map((value) => value / length);
    });
  }
  return centres;
}

function named(names: readonly string[], weights: readonly number[]): Record<string, number> {
  return Object.fromEntries(names.map((name, index) => [name, round(weights[index] as number)]));
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}

function save(name: string, data: object): void {
  writeFileSync(join(DATA, `${name}.json`), `${JSON.stringify(data, null, 2)}\n`);
}
