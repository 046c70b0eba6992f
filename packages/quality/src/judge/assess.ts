import type { Signal, SignalInput, SignalReading } from '@cascadeflow/contract';
import { predict } from '../accept/boosted-trees.ts';
import { headLogOdds, tokenInputs } from '../accept/outlook.ts';
import { readSignals } from '../accept/read-signals.ts';
import { missing, zeros } from '../accept/missing.ts';
import { applyRule, rules } from '../accept/rules.ts';
import { nameClass } from '../accept/strength.ts';
import { toolCallParts, toolCallPrior } from '../accept/tool-calls.ts';
import type { AcceptWeights } from '../accept/weights.ts';
import { readerOf } from '../signals/define-signal.ts';
import { learnTerms } from '../signals/topic.ts';
import { learnTalk } from '../text/talk.ts';

/** What a draft looks like on its own, before anyone else was heard. */
export interface Assessment {
  /** Log-odds that the draft is good. */
  readonly logOdds: number;
  readonly readings: readonly SignalReading[];
  /** The row that the fitted model saw, and the log-odds it gave. */
  readonly row: readonly number[];
  readonly fitted: number;
  /** Log-odds before flaws that anybody can see were counted. */
  readonly flawless: number;
  readonly veto?: string;
}

/** Reads the signals of a draft and adds up what each says about it. */
export type Assessor = (input: SignalInput) => Assessment;

/** An assessor over some signals. `own` are log-odds per unit of a signal, on top of the fitted weights. */
export function createAssessor(signals: readonly Signal[], weights: AcceptWeights, own: { readonly [signal: string]: number }): Assessor {
  learnTerms(weights.terms);
  learnTalk(weights.talk);
  const readers = signals.map(readerOf);
  const names = signals.map((signal) => signal.name);
  /** Place of a signal among the values; one past the last, which is always missing, for a signal that is not read. */
  const placeOf = (name: string): number => (names.includes(name) ? names.indexOf(name) : names.length);
  const columns = Int16Array.from(weights.features, placeOf);
  const flaws = rules.map((rule) => ({ rule, at: placeOf(rule.signal) }));
  const further = Object.entries(own).map(([name, weight]) => ({ weight, at: placeOf(name) }));
  const sureAt = placeOf('answer-probability');
  const truthAt = placeOf('answer-truth');

  return (input) => {
    const { values, veto } = readSignals(readers, input);
    const row = missing(columns.length);
    for (let index = 0; index < columns.length; index++) row[index] = values[columns[index] as number] as number;
    const moved = zeros(values.length);
    let logOdds = 0;
    let fitted = 0;
    let flawless = 0;
    const add = (at: number, amount: number): void => {
      if (amount === 0) return;
      moved[at] = (moved[at] as number) + amount;
      logOdds += amount;
    };
    if (input.draft.toolCalls.length > 0) {
      logOdds = toolCallPrior(nameClass(input.model?.name ?? input.draft.model) ?? 0);
      for (const { signal, amount } of toolCallParts((name) => values[placeOf(name)] as number)) add(placeOf(signal), amount);
    } else {
      const parts = zeros(columns.length);
      logOdds = fitted = predict(weights.draft, row, parts);
      for (let index = 0; index < columns.length; index++) moved[columns[index] as number] = parts[index] as number;
      const sure = values[sureAt] as number;
      if (!Number.isNaN(sure)) add(sureAt, headLogOdds(weights.tokens, tokenInputs(logOdds, nameClass(input.model?.name ?? input.draft.model) ?? 0, sure, values[truthAt] as number)) - logOdds);
      flawless = logOdds;
      for (const { rule, at } of flaws) add(at, applyRule(rule, values[at] as number));
    }
    for (const { weight, at } of further) if (!Number.isNaN(values[at] as number)) add(at, weight * (values[at] as number));
    const readings: SignalReading[] = [];
    for (let index = 0; index < names.length; index++) {
      const value = values[index] as number;
      if (!Number.isNaN(value)) readings.push({ name: names[index] as string, value, weight: moved[index] as number });
    }
    return veto === undefined ? { logOdds, readings, row, fitted, flawless } : { logOdds, readings, row, fitted, flawless, veto };
  };
}
