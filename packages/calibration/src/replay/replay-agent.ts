import type { CascadeResult, Clock, Judge, Message, Model, Price, ProgressFactory, QualityTarget, Router, SecondOpinion } from '@cascadeflow/contract';

/** Options that {@link CreateAgent} is given: a part of what `CascadeAgent` takes. */
export interface ReplayAgentOptions {
  readonly models: readonly { readonly name: string; readonly model: Model; readonly cost?: Price; readonly quality?: number }[];
  readonly order: 'given';
  readonly judge: Judge;
  readonly router?: Router;
  readonly progress?: ProgressFactory;
  readonly quality?: QualityTarget;
  readonly secondOpinion?: SecondOpinion;
  /** 0: what is recorded does not get better by asking again. */
  readonly retries: number;
  /** False: breakers and the watch over drafters would make a row depend on those before it. */
  readonly resilience: false;
  readonly clock: Clock;
}

/** What replay needs of an agent. */
export interface ReplayAgent {
  run(messages: readonly Message[], options?: object): Promise<CascadeResult>;
  close?(): Promise<void> | void;
}

/** Builds the engine that is to be replayed: `(options) => new CascadeAgent(options)`. */
export type CreateAgent = (options: ReplayAgentOptions) => ReplayAgent;

/** A clock that stands still, so that nothing in a replay depends on the machine. Its timers never fire: recorded answers come at once. */
export const stillClock: Clock = { now: () => 0, wallNow: () => 0, after: () => () => {} };
