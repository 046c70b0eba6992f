import { InvalidOptionsError } from '@cascadeflow/contract';
import { solveSymmetric } from './solve.ts';

/** 1 / (1 + e^-x). */
export function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

/** Log-odds of a probability, held 1e-6 away from 0 and 1. */
export function logit(probability: number): number {
  const held = Math.min(1 - 1e-6, Math.max(1e-6, probability));
  return Math.log(held / (1 - held));
}

/** Rows for {@link fitLogistic}: features in one order for all rows, a constant 1 among them where an intercept is wanted. */
export interface LogisticRows {
  readonly features: readonly (readonly number[])[];
  /** 0 to 1 each. */
  readonly labels: readonly number[];
}

/** How {@link fitLogistic} holds coefficients back; one number per feature. */
export interface LogisticPenalty {
  /** Strength with which a coefficient is pulled to its prior: rows that would have to speak against it. 0 leaves it free. */
  readonly strength: readonly number[];
  /** Where each coefficient is pulled to. Default 0. */
  readonly prior?: readonly number[];
}

/** Steps of Newton's method at most; it settles in under ten. */
const maxSteps = 50;

/**
 * Logistic regression with a ridge penalty around a prior, by Newton's method with halved steps. Labels may be scores between 0 and 1. The same
 * rows give the same coefficients.
 *
 * Le Cessie and van Houwelingen, "Ridge estimators in logistic regression", 1992.
 *
 * @throws {InvalidOptionsError} when there are no rows, or not one label per row.
 */
export function fitLogistic({ features, labels }: LogisticRows, { strength, prior = [] }: LogisticPenalty): number[] {
  const width = strength.length;
  if (features.length === 0) throw new InvalidOptionsError('features', 'needs at least one row to fit');
  if (features.length !== labels.length) throw new InvalidOptionsError('labels', `needs one per row, ${features.length}, was given ${labels.length}`);
  const centre = Array.from({ length: width }, (_, index) => prior[index] ?? 0);
  let coefficients = [...centre];
  let loss = lossOf(features, labels, coefficients, strength, centre);
  for (let step = 0; step < maxSteps; step++) {
    const { gradient, hessian } = slopes(features, labels, coefficients, strength, centre);
    const move = solveSymmetric(hessian, gradient);
    let share = 1;
    let next = coefficients;
    let nextLoss = Number.POSITIVE_INFINITY;
    for (; share > 1e-6; share /= 2) {
      next = coefficients.map((value, index) => value - share * (move[index] ?? 0));
      nextLoss = lossOf(features, labels, next, strength, centre);
      if (nextLoss <= loss) break;
    }
    const gained = loss - nextLoss;
    if (!(gained > 1e-10 * (1 + Math.abs(loss)))) return coefficients;
    coefficients = next;
    loss = nextLoss;
  }
  return coefficients;
}

/** `coefficients * row`. */
export function dot(coefficients: readonly number[], row: readonly number[]): number {
  let sum = 0;
  for (let index = 0; index < row.length; index++) sum += (coefficients[index] ?? 0) * (row[index] ?? 0);
  return sum;
}

type Matrix = readonly (readonly number[])[];

function lossOf(features: Matrix, labels: readonly number[], coefficients: readonly number[], strength: readonly number[], centre: readonly number[]): number {
  let loss = 0;
  for (let index = 0; index < features.length; index++) {
    const odds = dot(coefficients, features[index] ?? []);
    // log(1 + e^odds) - label * odds, without overflow.
    loss += Math.max(odds, 0) + Math.log1p(Math.exp(-Math.abs(odds))) - (labels[index] ?? 0) * odds;
  }
  for (let index = 0; index < strength.length; index++) loss += ((strength[index] ?? 0) / 2) * ((coefficients[index] ?? 0) - (centre[index] ?? 0)) ** 2;
  return loss;
}

function slopes(features: Matrix, labels: readonly number[], coefficients: readonly number[], strength: readonly number[], centre: readonly number[]) {
  const width = strength.length;
  const gradient = Array.from({ length: width }, (_, index) => (strength[index] ?? 0) * ((coefficients[index] ?? 0) - (centre[index] ?? 0)));
  const hessian = Array.from({ length: width }, (_, row) => Array.from({ length: width }, (__, column) => (row === column ? (strength[row] ?? 0) + 1e-9 : 0)));
  for (let index = 0; index < features.length; index++) {
    const row = features[index] ?? [];
    const probability = sigmoid(dot(coefficients, row));
    const error = probability - (labels[index] ?? 0);
    const weight = probability * (1 - probability);
    for (let a = 0; a < width; a++) {
      const value = row[a] ?? 0;
      if (value === 0) continue;
      gradient[a] = (gradient[a] ?? 0) + error * value;
      const line = hessian[a] as number[];
      for (let b = 0; b <= a; b++) line[b] = (line[b] ?? 0) + weight * value * (row[b] ?? 0);
    }
  }
  return { gradient, hessian };
}
