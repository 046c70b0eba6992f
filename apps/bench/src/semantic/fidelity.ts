import type { Embedder } from '@cascadeflow/contract';
import { agree, align } from '@cascadeflow/semantic';
import type { Report } from '../report.ts';
import { bootstrapInterval, createRandom, mean } from '../statistics.ts';
import { agreementPairs } from './fit.ts';
import { auroc, pairCosines, reciprocalRank, spearman } from './measures.ts';
import { type AnsweredQuestion, answerLikeness, goldPairs, intentPairs, recordedPairs } from './pairs.ts';

const CANDIDATES = 50;
const PER_SET = 200;
const LIKENESS_PAIRS = 1500;
const SHARE_OF_TEACHER = 90;

/** Retrieval and likeness for the shipped model and the teacher, on held-out questions. */
export async function measureFidelity(folder: string, embedder: Embedder, teacher: Embedder | undefined, report: Report): Promise<void> {
  for (const [kind, sets] of [['gold answer', goldPairs(folder, PER_SET)], ['recorded answer', recordedPairs(folder, true, PER_SET)]] as const) {
    const ours: number[] = [];
    const theirs: number[] = [];
    for (const [set, pairs] of sets) {
      const mine = await ranks(embedder, pairs);
      ours.push(...mine);
      const other = teacher ? await ranks(teacher, pairs) : [];
      theirs.push(...other);
      report.note(`  ${set}: question to ${kind}, MRR ${mean(mine).toFixed(3)}${teacher ? `, teacher ${mean(other).toFixed(3)}` : ''} (n = ${pairs.length})`);
    }
    report.figure({ name: `question to ${kind} among ${CANDIDATES}, MRR`, value: mean(ours), n: ours.length, interval: bootstrapInterval(ours, mean) });
    if (!teacher) continue;
    report.figure({ name: `question to ${kind} among ${CANDIDATES}, MRR of the teacher`, value: mean(theirs), n: theirs.length, interval: bootstrapInterval(theirs, mean) });
    report.target(`question to ${kind}, share of the teacher's MRR`, (100 * mean(ours)) / mean(theirs), { atLeast: SHARE_OF_TEACHER }, { unit: '%', n: ours.length });
  }
  for (const { name, pairs, gold } of [intentPairs(folder, LIKENESS_PAIRS), answerLikeness(folder, LIKENESS_PAIRS)]) {
    const ours = await pairCosines(embedder, pairs);
    report.figure({ name: `${name} pairs, Spearman`, value: spearman(ours, gold), n: pairs.length });
    if (!teacher) continue;
    const theirs = await pairCosines(teacher, pairs);
    report.figure({ name: `${name} pairs, Spearman of the teacher`, value: spearman(theirs, gold), n: pairs.length });
    report.figure({ name: `${name} pairs, Spearman between the two`, value: spearman(ours, theirs), n: pairs.length });
    report.target(`${name} pairs, share of the teacher's Spearman`, (100 * spearman(ours, gold)) / spearman(theirs, gold), { atLeast: SHARE_OF_TEACHER }, { unit: '%', n: pairs.length });
  }
}

async function ranks(embedder: Embedder, pairs: readonly AnsweredQuestion[]): Promise<number[]> {
  const questions = await embedder.embed(pairs.map(({ question }) => question));
  return reciprocalRank(questions, await embedder.embed(pairs.map(({ answer }) => answer)), CANDIDATES);
}

/** Off-topic answers (of another question of the same set) against own ones, and what is not detected. */
export async function measureOffTopic(folder: string, embedder: Embedder, report: Report): Promise<void> {
  const all: { own: number; other: number; flagged: boolean; caught: boolean }[] = [];
  const negated: number[] = [];
  for (const [set, pairs] of recordedPairs(folder, true, PER_SET)) {
    const rows: typeof all = [];
    for (const [index, { question, answer }] of pairs.entries()) {
      const own = await align(question, answer, embedder);
      const other = await align(question, (pairs[(index + 1) % pairs.length] as AnsweredQuestion).answer, embedder);
      rows.push({ own: own.probability, other: other.probability, flagged: own.offTopic, caught: other.offTopic });
      const turned = answer.replace(/ (is|are|was|were) /, ' $1 not ');
      if (turned !== answer) negated.push((await align(question, turned, embedder)).probability - own.probability);
    }
    report.note(`  ${set}: off-topic AUROC ${area(rows).toFixed(4)} (n = ${rows.length})`);
    all.push(...rows);
  }
  report.figure({ name: 'own answers called off topic at the default threshold', value: (100 * all.filter(({ flagged }) => flagged).length) / all.length, unit: '%', n: all.length });
  report.figure({ name: "other questions' answers caught at the default threshold", value: (100 * all.filter(({ caught }) => caught).length) / all.length, unit: '%', n: all.length });
  report.figure({ name: 'change of the probability when one negation is put in (not detected)', value: mean(negated), n: negated.length });
  report.target('off-topic AUROC', area(all), { atLeast: 0.97 }, { n: all.length, interval: bootstrapInterval(all, area, { resamples: 200 }) });

  function area(rows: readonly { own: number; other: number }[]): number {
    return auroc(rows.map(({ own }) => own), rows.map(({ other }) => other));
  }
}

/** Agreement of answers in free text: two right ones against a right and a wrong one. */
export async function measureAgreements(folder: string, embedder: Embedder, report: Report): Promise<void> {
  const bySet = new Map<string, { same: number[]; different: number[] }>();
  for (const { set, a, b, agree: same } of agreementPairs(folder, true, createRandom(21))) {
    const scores = bySet.get(set) ?? { same: [], different: [] };
    bySet.set(set, scores);
    scores[same ? 'same' : 'different'].push((await agree(a, b, embedder)).probability);
  }
  for (const [set, { same, different }] of bySet) {
    if (same.length >= 30) report.figure({ name: `${set}: agreement, AUROC of both right against right and wrong`, value: auroc(same, different), n: same.length * 2 });
  }
}
