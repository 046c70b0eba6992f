import type { Signal, SignalInput, SignalReading } from '@cascadeflow/contract';
import { predict } from '../accept/boosted-trees.ts';
import { headLogOdds, tokenInputs } from '../accept/outlook.ts';
import { readSignals } from '../accept/read-signals.ts';
import { applyRule, rules } from '../accept/rules.ts';
import { nameClass } from '../accept/strength.ts';
import { toolCallParts, toolCallPrior } from '../accept/tool-calls.ts';
import type { AcceptWeights } from '../accept/weights.ts';

/** What a draft looks like on its own, before anyone else was heard. */
export interface Assessment {
  /** Log-odds that the draft is good. */
  readonly logOdds: number;
  readonly readings: readonly SignalReading[];
  /** The row that the fitted model saw. */
  readonly row: Float64Array;
  readonly veto?: string;
}

const places = new WeakMap<readonly Signal[], Map<string, number>>();

function placesOf(signals: readonly Signal[]): Map<string, number> {
  let found = places.get(signals);
  if (!found) places.set(signals, (found = new Map(signals.map((signal, index) => [signal.name, index]))));
  return found;
}

/** Reads the signals of a draft and adds up what each says about it. */
export function assess(signals: readonly Signal[], weights: AcceptWeights, own: { readonly [signal: string]: number }, input: SignalInput): Assessment {
  const { values, veto } = readSignals(signals, input);
  const place = placesOf(signals);
  const row = Float64Array.from(weights.features, (name) => values[place.get(name) ?? -1] ?? Number.NaN);
  const parts = new Float64Array(row.length);
  const moved = new Float64Array(values.length);
  const calls = input.draft.toolCalls.length > 0;
  let logOdds: number;
  if (calls) {
    logOdds = toolCallPrior(nameClass(input.model?.name ?? input.draft.model) ?? 0);
    for (const { signal, amount } of toolCallParts((name) => values[place.get(name) ?? -1] ?? Number.NaN)) logOdds += add(moved, place.get(signal), amount);
  } else {
    logOdds = predict(weights.draft, row, parts);
    weights.features.forEach((name, index) => add(moved, place.get(name), parts[index] ?? 0));
  }
  const sure = values[place.get('answer-probability') ?? -1] ?? Number.NaN;
  if (!calls && !Number.isNaN(sure)) logOdds += add(moved, place.get('answer-probability'), headLogOdds(weights.tokens, tokenInputs(logOdds, sure)) - logOdds);
  for (const rule of calls ? [] : rules) logOdds += add(moved, place.get(rule.signal), applyRule(rule, values[place.get(rule.signal) ?? -1] ?? Number.NaN));
  for (const [name, weight] of Object.entries(own)) {
    const value = values[place.get(name) ?? -1] ?? Number.NaN;
    if (!Number.isNaN(value)) logOdds += add(moved, place.get(name), weight * value);
  }
  const readings: SignalReading[] = [];
  signals.forEach((signal, index) => {
    const value = values[index] ?? Number.NaN;
    if (!Number.isNaN(value)) readings.push({ name: signal.name, value, weight: moved[index] ?? 0 });
  });
  return { logOdds, readings, row, ...(veto !== undefined && { veto }) };
}

function add(moved: Float64Array, at: number | undefined, amount: number): number {
  if (at === undefined) return 0;
  moved[at] = (moved[at] ?? 0) + amount;
  return amount;
}
