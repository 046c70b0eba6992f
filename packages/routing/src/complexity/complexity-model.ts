import { demandNames } from './demand.ts';

/** The fitted weights as they stand in `weights/complexity.json`. */
export interface ComplexityWeights {
  readonly names: readonly string[];
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
  /** Expected share of failures of cheap models: a bias and one weight per feature, for any text and on top of it for each gate. */
  readonly failure: readonly (readonly number[])[];
  /** The same for the expected gain of a dearer model: the chance that it is right where a cheap one is wrong, less the reverse. */
  readonly gain: readonly (readonly number[])[];
  /** Deviation of the measured share of failures from the expected one. */
  readonly spread: number;
}

const choicesAt = demandNames.indexOf('choices');
const formulaAt = (['powers', 'commands', 'dollars', 'variables'] as const).map((name) => demandNames.indexOf(name));
const dollarsAt = demandNames.indexOf('dollars');
/** Choices from which a text is an exam item. */
const examChoices = 3;

/** Which gates are open: always the first, the second for exam items, the third for texts with formulae, the fourth for typeset formulae. */
export function readGates(demand: Float64Array): readonly [true, boolean, boolean, boolean] {
  return [true, (demand[choicesAt] ?? 0) >= Math.log1p(examChoices), formulaAt.some((at) => (demand[at] ?? 0) > 0), (demand[dollarsAt] ?? 0) > 1];
}

/** The value of a fitted head for a text; see {@link ComplexityWeights}. */
export function predictHead(head: readonly (readonly number[])[], weights: ComplexityWeights, demand: Float64Array): number {
  let sum = 0;
  const gates = readGates(demand);
  for (let gate = 0; gate < gates.length; gate++) {
    const row = head[gate];
    if (!gates[gate] || !row) continue;
    sum += row[0] ?? 0;
    for (let index = 0; index < demand.length; index++) {
      const scaled = ((demand[index] ?? 0) - (weights.mean[index] ?? 0)) / (weights.deviation[index] || 1);
      sum += (row[index + 1] ?? 0) * Math.max(-limit, Math.min(limit, scaled));
    }
  }
  return sum;
}

/** Features are cut at this many deviations, so that a strange text cannot push the score without end. */
const limit = 4;
