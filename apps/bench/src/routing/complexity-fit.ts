import { readGates, type ComplexityWeights } from '../../../../packages/routing/src/complexity/complexity-model.ts';
import { demandNames, readDemand } from '../../../../packages/routing/src/complexity/demand.ts';
import { readStructure } from '../../../../packages/routing/src/text/structure.ts';
import type { DifficultyExample } from './complexity-data.ts';
import { fitRidge } from './ridge.ts';

/** Penalty on each weight of the ridge regressions; chosen by cross-validation on the same sets. */
const penalty = 20;
/** Penalty of the gain; chosen in the same way. */
const gainPenalty = 60;
const limit = 4;
const gates = 4;

/** Language-independent features of a text, without tools or a demanded format. */
export function demandOf(text: string): Float64Array {
  return readDemand(text, readStructure(text), { tools: 0, json: false });
}

/** Fits both heads. */
export function fitComplexity(examples: readonly DifficultyExample[]): Omit<ComplexityWeights, 'spread'> {
  const demands = examples.map((example) => demandOf(example.text));
  const size = demandNames.length;
  const total = examples.reduce((sum, example) => sum + example.weight, 0);
  const mean = demandNames.map((_, at) => demands.reduce((sum, demand, row) => sum + demand[at]! * examples[row]!.weight, 0) / total);
  const deviation = demandNames.map((_, at) => Math.sqrt(demands.reduce((sum, demand, row) => sum + (demand[at]! - mean[at]!) ** 2 * examples[row]!.weight, 0) / total) || 1);
  const rows = demands.map((demand) => {
    const scaled = Array.from(demand, (value, at) => Math.max(-limit, Math.min(limit, (value - mean[at]!) / deviation[at]!)));
    return readGates(demand).flatMap((open) => (open ? [1, ...scaled] : new Array<number>(size + 1).fill(0)));
  });
  const weights = examples.map((example) => example.weight);
  const split = (solution: number[]) => Array.from({ length: gates }, (_, gate) => solution.slice(gate * (size + 1), (gate + 1) * (size + 1)).map((value) => Number(value.toFixed(5))));
  const failure = split(fitRidge(rows, examples.map((example) => example.failure), weights, penalty));
  const withGain = examples.flatMap((example, at) => (example.gain === undefined || example.gainWeight === 0 ? [] : [at]));
  const gain = split(fitRidge(withGain.map((at) => rows[at]!), withGain.map((at) => examples[at]!.gain!), withGain.map((at) => examples[at]!.gainWeight), gainPenalty));
  const round = (values: number[]) => values.map((value) => Number(value.toPrecision(5)));
  return { names: demandNames, mean: round(mean), deviation: round(deviation), failure, gain };
}
