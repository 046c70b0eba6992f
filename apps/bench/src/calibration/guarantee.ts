import { certify, createRandom, type JudgedPair, shuffled, toPairs } from '@cascadeflow/calibration';
import type { Price } from '@cascadeflow/contract';
import type { Report } from '../report.ts';
import { loadTraces } from './load-traces.ts';
import { rowsOf, sharedMemory } from './replay-set.ts';
import { nameOf, type RecordedSet } from './sets.ts';

/** Random samples drawn from each set. */
const draws = 1000;
/** Loss that is promised, and how often it may be broken. */
const maxQualityLoss = 0.02;
const level = 0.05;
/** Two standard errors of a share of `level` over the draws. */
export const brokenBound = level + 2 * Math.sqrt((level * (1 - level)) / draws);

/** Loss of accepting from a threshold on, over all rows of a set: what the promise is about, since samples are drawn from them. */
function lossAt(pairs: readonly JudgedPair[], threshold: number): number {
  let loss = 0;
  for (const pair of pairs) if (pair.score >= threshold) loss += pair.verifierQuality - pair.draftQuality;
  return loss / pairs.length;
}

/** Certifies on 1,000 samples of a set and counts how often the loss on the whole set, and on the rest, exceeds the promise. */
export async function measureGuarantee(data: string, recorded: RecordedSet, prices: Readonly<Record<string, Price>>, report: Report): Promise<{ readonly worst: number }> {
  const { models, set } = recorded;
  const traces = loadTraces(data, set).filter((trace) => models.every((model) => trace.answers.some((answer) => answer.model === model)));
  const pairs = toPairs(await rowsOf(traces, { models, prices, probe: true, memory: sharedMemory }));
  let worst = 0;
  for (const n of [200, 500]) {
    if (pairs.length < n * 1.2) continue;
    const random = createRandom(n);
    let [broken, brokenOnRest, certified, spared] = [0, 0, 0, 0];
    for (let draw = 0; draw < draws; draw++) {
      const order = shuffled(pairs, random);
      const result = certify(order.slice(0, n), { maxQualityLoss, confidence: 1 - level });
      if (!result.feasible) continue;
      certified++;
      spared += result.saved;
      if (lossAt(pairs, result.threshold) > maxQualityLoss) broken++;
      if (lossAt(order.slice(n), result.threshold) > maxQualityLoss) brokenOnRest++;
    }
    worst = Math.max(worst, broken / draws);
    const share = (count: number) => `${((100 * count) / draws).toFixed(1)}%`;
    report.note(`${nameOf(recorded).padEnd(66)} n=${n} of ${pairs.length}: certified ${share(certified)}, promise broken ${share(broken)} (on the rest alone ${share(brokenOnRest)}), saving ${certified === 0 ? '–' : `${((100 * spared) / certified).toFixed(1)}%`}`);
  }
  return { worst };
}

/** Pairs for timing and for a pair without hope: drafts that are mostly wrong, and a judge that knows nothing. */
export function hopelessPairs(n: number): JudgedPair[] {
  const random = createRandom(5);
  return Array.from({ length: n }, () => ({ score: random(), draftQuality: random() < 0.4 ? 1 : 0, verifierQuality: random() < 0.9 ? 1 : 0, draftCost: 1, verifierCost: 10 }));
}

/** Pairs that can be certified: the judge knows, and drafts are mostly right. */
export function hopefulPairs(n: number): JudgedPair[] {
  const random = createRandom(6);
  return Array.from({ length: n }, () => {
    const score = random();
    return { score, draftQuality: random() < 0.7 + 0.3 * score ? 1 : 0, verifierQuality: random() < 0.95 ? 1 : 0, draftCost: 1, verifierCost: 10 };
  });
}
