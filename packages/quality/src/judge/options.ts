import { InvalidOptionsError, type Calibration, type Embedder, type Signal } from '@cascadeflow/contract';
import type { AcceptWeights } from '../accept/weights.ts';

/** What a judge may be built from; everything has a default. */
export interface JudgeOptions {
  /** Used to notice answers that are off the topic, and to compare open answers of several drafters by meaning. */
  readonly embedder?: Embedder;
  /** Corrections learned from recorded traffic. */
  readonly calibration?: Calibration;
  /** Weights fitted on recordings of your own; they replace the built-in ones. */
  readonly model?: AcceptWeights;
  /** Signals of your own, read beside the built-in ones. Their vetoes count; their values count as `weights` says. */
  readonly signals?: readonly Signal[];
  /** Log-odds per unit of a signal's value, by the signal's name, on top of what the fitted model makes of it. */
  readonly weights?: { readonly [signal: string]: number };
  /** Probability from which a draft is accepted, 0 to 1, whatever level is asked for. A bar set by the plan still wins. */
  readonly threshold?: number;
}

/** Refuses options that cannot work, naming the field. */
export function checkJudgeOptions(options: JudgeOptions, builtin: readonly Signal[]): void {
  const { threshold, signals = [], weights = {} } = options;
  if (threshold !== undefined && !(threshold >= 0 && threshold <= 1)) throw new InvalidOptionsError('threshold', `give a probability from 0 to 1; got ${String(threshold)}`);
  const names = new Set(builtin.map((signal) => signal.name));
  signals.forEach((signal, index) => {
    if (typeof signal !== 'function') throw new InvalidOptionsError(`signals[${index}]`, 'give a function, best made with defineSignal(name, read)');
    if (!signal.name) throw new InvalidOptionsError(`signals[${index}]`, 'the function has no name; make it with defineSignal(name, read)');
    if (names.has(signal.name)) throw new InvalidOptionsError(`signals[${index}]`, `the name "${signal.name}" is taken; choose another`);
    names.add(signal.name);
  });
  for (const [name, weight] of Object.entries(weights)) {
    if (!names.has(name)) throw new InvalidOptionsError(`weights.${name}`, 'no signal has this name');
    if (!Number.isFinite(weight)) throw new InvalidOptionsError(`weights.${name}`, `give a finite number; got ${String(weight)}`);
  }
}
