import type { Draft } from './draft.ts';
import type { ModelInfo } from './model.ts';
import type { ModelRequest } from './request.ts';
import type { Route } from './route.ts';

/** Named bars with measured meanings; see the guide on judging. */
export type QualityLevel = 'economy' | 'balanced' | 'strict';

/** How good an accepted draft must be: a level, a probability of one's own, or the price of a wrong answer. */
export type QualityTarget =
  | QualityLevel
  | {
      /** Accept from this probability on, 0 to 1. */
      readonly minProbability: number;
    }
  | {
      /** USD that a wrong answer costs; a draft is accepted when the expected loss is below the price of escalating. */
      readonly errorCost: number;
    };

/** One signal's part in a verdict. */
export interface SignalReading {
  readonly name: string;
  /** What the signal measured, in its own unit. */
  readonly value: number;
  /** How far it moved the log-odds of acceptance; 0 when it only informs. */
  readonly weight: number;
}

/** What a signal may look at. */
export interface SignalInput {
  readonly request: ModelRequest;
  readonly draft: Draft;
  readonly route?: Route;
  readonly model?: ModelInfo;
}

/** A signal's finding. A veto says in one sentence why the draft can never be accepted. */
export interface SignalFinding {
  readonly value: number;
  readonly veto?: string;
}

/** Looks at a draft and gives a number; `undefined` when it has nothing to say. Its `name` appears in verdicts. */
export interface Signal {
  (input: SignalInput): number | SignalFinding | undefined;
  readonly name: string;
}

/** What a judge decides on. */
export interface JudgeInput extends SignalInput {
  readonly target: QualityTarget;
  /** Bar set by the plan; it wins over the target's. */
  readonly minProbability?: number;
  /** Independent answers of other drafters to the same request, in order of arrival. */
  readonly opinions?: readonly Draft[];
  /** Probability that a model judge gave the draft of being right, where one was asked. */
  readonly judgement?: number;
  /** True when another independent drafter, another sample or a model judge could still be asked. */
  readonly canAskOpinion?: boolean;
  /** The model that would be asked next, and what that is expected to cost in USD. */
  readonly escalation?: { readonly model: ModelInfo; readonly cost?: number };
  readonly signal?: AbortSignal;
}

/** A judge's decision on one draft. */
export interface Verdict {
  readonly accept: boolean;
  /** Calibrated: of drafts given 0.8, eight in ten are good. */
  readonly probability: number;
  /** The bar the probability was held against. */
  readonly threshold: number;
  readonly signals: readonly SignalReading[];
  /** Why this draft could never be accepted, whatever its probability. */
  readonly veto?: string;
  /** One sentence a person understands. */
  readonly reason: string;
  /** How far the opinions agree with the draft, 0 to 1, where there were any. */
  readonly agreement?: number;
  /** True when the draft is in doubt and another drafter's answer could settle it. */
  readonly wantsOpinion?: boolean;
}

/** What became known after a verdict: the draft was not accepted and a dearer model answered. */
export interface Outcome {
  readonly request: ModelRequest;
  readonly route: Route;
  readonly model: ModelInfo;
  readonly draft: Draft;
  readonly verdict: Verdict;
  readonly verifier: Draft;
}

/** Turns request and draft into a verdict. A judge that learns from outcomes has `learn`, which must be quick and must not throw. */
export interface Judge {
  (input: JudgeInput): Verdict | Promise<Verdict>;
  learn?(outcome: Outcome): void;
}
