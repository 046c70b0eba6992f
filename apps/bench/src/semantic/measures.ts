import { cosine, type Embedder } from '@cascadeflow/contract';
import { createRandom } from '../statistics.ts';

/** Chance that a random positive scores above a random negative; ties count half (Mann and Whitney 1947). */
export function auroc(positives: readonly number[], negatives: readonly number[]): number {
  const all = [...positives.map((score) => ({ score, good: 1 })), ...negatives.map((score) => ({ score, good: 0 }))].sort((a, b) => a.score - b.score);
  const ranks = rank(all.map(({ score }) => score));
  const sum = all.reduce((total, { good }, index) => total + (good ? (ranks[index] as number) : 0), 0);
  return (sum - (positives.length * (positives.length + 1)) / 2) / (positives.length * negatives.length);
}

/** Spearman's rank correlation; ties share their mean rank. */
export function spearman(a: readonly number[], b: readonly number[]): number {
  const left = rank(a);
  const right = rank(b);
  const middle = (a.length + 1) / 2;
  let both = 0;
  let one = 0;
  let other = 0;
  for (let index = 0; index < a.length; index++) {
    const x = (left[index] as number) - middle;
    const y = (right[index] as number) - middle;
    both += x * y;
    one += x * x;
    other += y * y;
  }
  return both / Math.sqrt(one * other);
}

function rank(values: readonly number[]): number[] {
  const order = [...values.keys()].sort((a, b) => (values[a] as number) - (values[b] as number));
  const ranks = new Array<number>(values.length);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && values[order[to] as number] === values[order[from] as number]) to++;
    for (let index = from; index < to; index++) ranks[order[index] as number] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}

/** Mean reciprocal rank of each question's own answer among `candidates` answers of the same set. Ties count against. */
export function reciprocalRank(questions: readonly Float32Array[], answers: readonly Float32Array[], candidates: number): number[] {
  const random = createRandom(1);
  return questions.map((question, own) => {
    const score = cosine(question, answers[own] as Float32Array);
    const others = new Set<number>();
    while (others.size < candidates - 1) {
      const pick = Math.floor(random() * answers.length);
      if (pick !== own) others.add(pick);
    }
    return 1 / (1 + [...others].filter((other) => cosine(question, answers[other] as Float32Array) >= score).length);
  });
}

/** Cosines of pairs. */
export async function pairCosines(embedder: Embedder, pairs: readonly (readonly [string, string])[]): Promise<number[]> {
  const left = await embedder.embed(pairs.map(([a]) => a));
  const right = await embedder.embed(pairs.map(([, b]) => b));
  return left.map((vector, index) => cosine(vector, right[index] as Float32Array));
}
