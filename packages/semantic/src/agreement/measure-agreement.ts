import { cosine, type CallOptions, type Embedder } from '@cascadeflow/contract';
import { keyStems } from '../text/key-words.ts';
import { splitSentences } from '../text/split-chunks.ts';

/** What is compared between two answers. */
export interface AgreementMeasures {
  /** Cosine of the whole answers. */
  readonly whole: number;
  /** How well each sentence of one finds its like in the other, mean of both directions. */
  readonly sentences: number;
  /** Cosine of the last sentences, where conclusions stand. */
  readonly last: number;
  /** Shared key words over all key words, 0 to 1. */
  readonly words: number;
  /** Shared numbers over all numbers, 0 to 1; 0.5 when neither answer has any. */
  readonly numbers: number;
}

/** Only this much of an answer is searched for numbers. */
const LONGEST_READ = 100_000;

/** Compares two answers without judging. One call of the embedder. */
export async function measureAgreement(a: string, b: string, embedder: Embedder, options?: CallOptions): Promise<AgreementMeasures> {
  const ours = splitSentences(a);
  const theirs = splitSentences(b);
  const vectors = await embedder.embed([a, b, ...ours, ...theirs], options);
  const [one, other, ...parts] = vectors as [Float32Array, Float32Array, ...Float32Array[]];
  const left = parts.slice(0, ours.length);
  const right = parts.slice(ours.length);
  const empty = left.length === 0 || right.length === 0;
  return {
    whole: cosine(one, other),
    sentences: empty ? 0 : (nearest(left, right) + nearest(right, left)) / 2,
    last: empty ? 0 : cosine(left.at(-1) as Float32Array, right.at(-1) as Float32Array),
    words: overlap(new Set(keyStems(a)), new Set(keyStems(b)), 0),
    numbers: overlap(numbersOf(a), numbersOf(b), 0.5),
  };
}

function nearest(from: readonly Float32Array[], to: readonly Float32Array[]): number {
  let sum = 0;
  for (const vector of from) sum += Math.max(...to.map((candidate) => cosine(vector, candidate)));
  return sum / from.length;
}

function numbersOf(text: string): Set<string> {
  const found = text.slice(0, LONGEST_READ).replace(/(\d),(?=\d{3})/g, '$1').match(/\d+(?:\.\d+)?/g) ?? [];
  return new Set(found.map((number) => String(Number(number))));
}

function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>, whenNone: number): number {
  const all = new Set([...a, ...b]).size;
  return all === 0 ? whenNone : [...a].filter((item) => b.has(item)).length / all;
}
