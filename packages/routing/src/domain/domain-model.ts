import type { Domain } from '@cascadeflow/contract';
import { FeatureBuffer, hashFeatures } from '../text/hash-features.ts';
import type { Structure } from '../text/structure.ts';

/** The fitted weights as they stand in `weights/domain.json`. */
export interface DomainWeights {
  /** Base-2 logarithm of the number of buckets. */
  readonly bits: number;
  readonly classes: readonly string[];
  /** Of each class, the buckets that have a weight, in order, as gaps from one to the next: letters count from `#` on, `[` means that the gap goes on. */
  readonly gaps: readonly string[];
  /** Of each class, one letter per weight; `h` is 0 and each letter is one step of the class's scale. */
  readonly weights: readonly string[];
  readonly scales: readonly number[];
  readonly bias: readonly number[];
  /** Added to the score of `tool` when tools are on offer. */
  readonly toolsOffered: number;
  /** Scores are divided by it before they become probabilities: fitted so that of labels given 0.8, eight in ten are right. */
  readonly temperature: number;
}

/** Letter of the weight 0. */
const zeroLetter = 104;
/** Letters of gaps. */
const firstGap = 35;
const openGap = 91;

/** A linear model over hashed features, ready to use. Holds its own buffers: calls allocate only what they return. */
export interface DomainModel {
  readonly classes: readonly Domain[];
  /** Probability of each class, in the order of `classes`. The array is reused by the next call. */
  predict(text: string, form: Structure, toolsOffered: boolean): Float64Array;
}

/** Unpacks fitted weights. */
export function createDomainModel(fitted: DomainWeights): DomainModel {
  const size = fitted.classes.length;
  const { rowOf, weights } = unpack(fitted);
  const buffer = new FeatureBuffer(fitted.bits);
  const probabilities = new Float64Array(size);
  const sums = new Float64Array(size);
  const tool = fitted.classes.indexOf('tool');
  return {
    classes: fitted.classes as readonly Domain[],
    predict(text, form, toolsOffered) {
      hashFeatures(text, buffer, form);
      probabilities.fill(0);
      let from = 0;
      for (const end of buffer.ends) {
        if (end === from) continue;
        sums.fill(0);
        for (let at = from; at < end; at++) {
          const row = rowOf[buffer.buckets[at] ?? 0] ?? 0;
          if (row === 0) continue;
          const base = row * size;
          for (let index = 0; index < size; index++) sums[index] = (sums[index] ?? 0) + (weights[base + index] ?? 0);
        }
        const scale = 1 / Math.sqrt(end - from);
        for (let index = 0; index < size; index++) probabilities[index] = (probabilities[index] ?? 0) + (sums[index] ?? 0) * scale;
        from = end;
      }
      for (let index = 0; index < size; index++) {
        const offered = toolsOffered && index === tool ? fitted.toolsOffered : 0;
        probabilities[index] = ((probabilities[index] ?? 0) * (fitted.scales[index] ?? 0) + (fitted.bias[index] ?? 0) + offered) / fitted.temperature;
      }
      return toProbabilities(probabilities);
    },
  };
}

/** Puts the weights of each bucket that has any in a row of its own. The first row is all zeros: buckets without weights point to it. */
function unpack(fitted: DomainWeights): { readonly rowOf: Uint16Array; readonly weights: Int8Array } {
  const rowOf = new Uint16Array(1 << fitted.bits);
  const places = fitted.gaps.map(readGaps);
  let rows = 0;
  for (const buckets of places) for (const bucket of buckets) rowOf[bucket] ||= ++rows;
  const size = fitted.classes.length;
  const weights = new Int8Array((rows + 1) * size);
  places.forEach((buckets, label) => {
    buckets.forEach((bucket, index) => (weights[(rowOf[bucket] ?? 0) * size + label] = (fitted.weights[label] ?? '').charCodeAt(index) - zeroLetter));
  });
  return { rowOf, weights };
}

function readGaps(letters: string): number[] {
  const buckets: number[] = [];
  let bucket = 0;
  for (let index = 0; index < letters.length; index++) {
    const letter = letters.charCodeAt(index);
    bucket += letter - firstGap;
    if (letter !== openGap) buckets.push(bucket);
  }
  return buckets;
}

/** Softmax in place. */
export function toProbabilities(values: Float64Array): Float64Array {
  let most = -Infinity;
  for (const value of values) if (value > most) most = value;
  let sum = 0;
  for (let index = 0; index < values.length; index++) {
    const value = Math.exp((values[index] ?? 0) - most);
    values[index] = value;
    sum += value;
  }
  for (let index = 0; index < values.length; index++) values[index] = (values[index] ?? 0) / sum;
  return values;
}
