import type { Domain } from '@cascadeflow/contract';
import { FeatureBuffer, hashFeatures } from '../text/hash-features.ts';
import type { Structure } from '../text/structure.ts';

/** The fitted weights as they stand in `weights/domain.json`. */
export interface DomainWeights {
  /** Base-2 logarithm of the number of buckets. */
  readonly bits: number;
  readonly classes: readonly string[];
  /** One letter per weight, bucket by bucket; `h` is 0 and each letter is one step of the class's scale. */
  readonly weights: string;
  readonly scales: readonly number[];
  readonly bias: readonly number[];
  /** Added to the score of `tool` when tools are on offer. */
  readonly toolsOffered: number;
  /** Scores are divided by it before they become probabilities: fitted so that of labels given 0.8, eight in ten are right. */
  readonly temperature: number;
}

/** Letter of the weight 0. */
const zeroLetter = 104;

/** A linear model over hashed features, ready to use. Holds its own buffers: calls allocate only what they return. */
export interface DomainModel {
  readonly classes: readonly Domain[];
  /** Probability of each class, in the order of `classes`. The array is reused by the next call. */
  predict(text: string, form: Structure, toolsOffered: boolean): Float64Array;
}

/** Unpacks fitted weights. */
export function createDomainModel(fitted: DomainWeights): DomainModel {
  const size = fitted.classes.length;
  const weights = new Int8Array(fitted.weights.length);
  for (let index = 0; index < weights.length; index++) weights[index] = fitted.weights.charCodeAt(index) - zeroLetter;
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
          const base = (buffer.buckets[at] ?? 0) * size;
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
