import { seededRandom } from './rows.ts';

/** Sparse rows of binary features with a class and a weight each. */
export interface SparseRow {
  readonly features: Uint16Array;
  /** Where the groups of features end; each group counts by 1 / sqrt(its size). */
  readonly ends: readonly number[];
  readonly label: number;
  readonly weight: number;
}

/** A linear model: `weights[bucket * classes + class]`. */
export interface LinearModel {
  readonly weights: Float32Array;
  readonly bias: Float32Array;
  readonly classes: number;
}

/** Adds up the scores of a row; each group counts by 1 / sqrt(its size), so that long texts do not shout. */
export function scores(model: LinearModel, features: Uint16Array, ends: readonly number[], into: Float64Array): Float64Array {
  const { classes, weights, bias } = model;
  for (let index = 0; index < classes; index++) into[index] = bias[index]!;
  let from = 0;
  for (const end of ends) {
    const scale = 1 / Math.sqrt(end - from || 1);
    for (let at = from; at < end; at++) {
      const base = features[at]! * classes;
      for (let index = 0; index < classes; index++) into[index]! += weights[base + index]! * scale;
    }
    from = end;
  }
  return into;
}

/** Turns scores into probabilities in place. */
export function softmax(values: Float64Array, temperature = 1): Float64Array {
  let most = -Infinity;
  for (const value of values) most = Math.max(most, value / temperature);
  let sum = 0;
  for (let index = 0; index < values.length; index++) sum += values[index] = Math.exp(values[index]! / temperature - most);
  for (let index = 0; index < values.length; index++) values[index]! /= sum;
  return values;
}

/** Multinomial logistic regression by AdaGrad with a lasso penalty, which leaves most weights at 0, and feature dropout; with `kept`, only marked weights. Deterministic. */
export function fitSoftmax(
  rows: readonly SparseRow[],
  options: { readonly classes: number; readonly buckets: number; readonly epochs: number; readonly rate: number; readonly lasso: number; readonly dropout?: number; readonly seed?: number; readonly kept?: Uint8Array },
): LinearModel {
  const { classes, buckets, epochs, rate, lasso, dropout = 0, kept: mask } = options;
  const model = { weights: new Float32Array(buckets * classes), bias: new Float32Array(classes), classes };
  const squares = new Float32Array(buckets * classes).fill(1e-3);
  const biasSquares = new Float32Array(classes).fill(1e-3);
  const random = seededRandom(options.seed ?? 1);
  const order = rows.map((_, index) => index);
  const values = new Float64Array(classes);
  const kept = new Uint16Array(8192);
  const ends: number[] = [];
  for (let epoch = 0; epoch < epochs; epoch++) {
    for (let index = order.length - 1; index > 0; index--) {
      const other = Math.floor(random() * (index + 1));
      [order[index], order[other]] = [order[other]!, order[index]!];
    }
    const step = rate * (1 - (0.9 * epoch) / epochs);
    for (const at of order) {
      const row = rows[at]!;
      let size = 0;
      let from = 0;
      row.ends.forEach((end, group) => {
        for (let index = from; index < end; index++) if (dropout === 0 || random() >= dropout) kept[size++] = row.features[index]!;
        from = end;
        ends[group] = size;
      });
      softmax(scores(model, kept, ends, values));
      values[row.label]! -= 1;
      for (let index = 0; index < classes; index++) {
        const slope = values[index]! * row.weight;
        biasSquares[index]! += slope * slope;
        model.bias[index]! -= (step * slope) / Math.sqrt(biasSquares[index]!);
      }
      from = 0;
      for (const end of ends) {
        const scale = 1 / Math.sqrt(end - from || 1);
        for (let at = from; at < end; at++) {
          const base = kept[at]! * classes;
          for (let index = 0; index < classes; index++) {
            if (mask && mask[base + index] === 0) continue;
            const weight = model.weights[base + index]!;
            const slope = values[index]! * row.weight * scale;
            squares[base + index]! += slope * slope;
            const pace = step / Math.sqrt(squares[base + index]!);
            const moved = weight - pace * slope;
            const shrink = pace * lasso * row.weight;
            model.weights[base + index] = moved > shrink ? moved - shrink : moved < -shrink ? moved + shrink : 0;
          }
        }
        from = end;
      }
    }
  }
  return model;
}
