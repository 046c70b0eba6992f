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
  const problem = { cells: flat(features, width), labels, strength, centre, odds: new Float64Array(features.length) };
  let coefficients = [...centre];
  let loss = lossOf(problem, coefficients);
  for (let step = 0; step < maxSteps; step++) {
    const { gradient, hessian } = slopes(problem, coefficients);
    const move = solveSymmetric(hessian, gradient);
    let share = 1;
    let next = coefficients;
    let nextLoss = Number.POSITIVE_INFINITY;
    for (; share > 1e-6; share /= 2) {
      next = coefficients.map((value, index) => value - share * (move[index] ?? 0));
      nextLoss = lossOf(problem, next);
      if (nextLoss <= loss) break;
    }
    const gained = loss - nextLoss;
    if (!(gained > 1e-10 * (1 + Math.abs(loss)))) return coefficients;
    coefficients = next;
    loss = nextLoss;
  }
  return coefficients;
}

/** Rows one after another in one array: the sums below run over them some hundred times. */
function flat(features: readonly (readonly number[])[], width: number): Float64Array {
  const cells = new Float64Array(features.length * width);
  features.forEach((row, index) => cells.set(row, index * width));
  return cells;
}

interface Problem {
  readonly cells: Float64Array;
  readonly labels: readonly number[];
  readonly strength: readonly number[];
  readonly centre: readonly number[];
  /** Of the coefficients that {@link lossOf} was last asked about. */
  readonly odds: Float64Array;
}

function lossOf({ cells, labels, strength, centre, odds }: Problem, coefficients: readonly number[]): number {
  const width = strength.length;
  const weights = Float64Array.from(coefficients);
  let loss = 0;
  for (let index = 0, at = 0; index < odds.length; index++) {
    let sum = 0;
    for (let column = 0; column < width; column++, at++) sum += weights[column]! * cells[at]!;
    odds[index] = sum;
    // log(1 + e^odds) - label * odds, without overflow.
    loss += Math.max(sum, 0) + Math.log1p(Math.exp(-Math.abs(sum))) - (labels[index] ?? 0) * sum;
  }
  for (let index = 0; index < width; index++) loss += ((strength[index] ?? 0) / 2) * ((coefficients[index] ?? 0) - (centre[index] ?? 0)) ** 2;
  return loss;
}

/** First and second derivatives, at the coefficients that {@link lossOf} was last asked about. */
function slopes({ cells, labels, strength, centre, odds }: Problem, coefficients: readonly number[]): { gradient: number[]; hessian: number[][] } {
  const width = strength.length;
  const gradient = Float64Array.from(strength, (held, index) => held * ((coefficients[index] ?? 0) - (centre[index] ?? 0)));
  const hessian = new Float64Array(width * width);
  for (let index = 0; index < width; index++) hessian[index * (width + 1)] = (strength[index] ?? 0) + 1e-9;
  for (let index = 0; index < odds.length; index++) {
    const at = index * width;
    const probability = sigmoid(odds[index]!);
    const error = probability - (labels[index] ?? 0);
    const weight = probability * (1 - probability);
    for (let a = 0; a < width; a++) {
      const value = cells[at + a]!;
      if (value === 0) continue;
      gradient[a]! += error * value;
      const scaled = weight * value;
      for (let b = 0, line = a * width; b <= a; b++) hessian[line + b]! += scaled * cells[at + b]!;
    }
  }
  return { gradient: [...gradient], hessian: Array.from({ length: width }, (_, row) => [...hessian.subarray(row * width, (row + 1) * width)]) };
}
