import type { Complexity, Domain } from '../route.ts';
import type { LabelSource } from '../trace.ts';
import type { QualityLevel } from '../verdict.ts';

/** Version of {@link Calibration}; readers refuse files of another. */
export const calibrationVersion = 1;

/** How much one signal of a verdict adds to the log-odds, beyond what the judge made of it. */
export interface SignalWeight {
  /** Name of the signal; `agreement` means {@link Verdict.agreement}. */
  readonly name: string;
  /** The signal enters as `(value - mean) / scale`, held to -4 to 4; absent it adds nothing. */
  readonly mean: number;
  readonly scale: number;
  readonly weight: number;
}

/** Corrects the probability that a judge says, for one drafter or for all. */
export interface ProbabilityMap {
  /** Name of the drafter; absent means any. */
  readonly model?: string;
  /** True for verdicts that had second opinions, false for those that had none; absent means both. */
  readonly opinions?: boolean;
  /** Log-odds = `intercept + slope * log-odds of the judge + signals + domain`. */
  readonly intercept: number;
  readonly slope: number;
  readonly signals: readonly SignalWeight[];
  /** Added to the log-odds in a domain. */
  readonly domains?: Readonly<Partial<Record<Domain, number>>>;
  /** A rising staircase with straight slopes, applied last: pairs of probability in and probability out, both rising. */
  readonly knots?: readonly (readonly [number, number])[];
  /** Rows it was fitted on. */
  readonly rows: number;
}

/** From which corrected probability on a draft is accepted, where the target is a level. */
export interface CalibratedThreshold {
  /** Absent means every level. */
  readonly level?: QualityLevel;
  /** Absent means every drafter. */
  readonly model?: string;
  /** Absent means every domain. */
  readonly domain?: Domain;
  /** As in {@link ProbabilityMap}. */
  readonly opinions?: boolean;
  /** 0 to 1; above 1 accepts nothing. */
  readonly value: number;
}

/** Share of a model's answers that were good. */
export interface ModelPrior {
  readonly model: string;
  readonly domain?: Domain;
  readonly quality: number;
  readonly rows: number;
}

/** How often drafts were accepted, known before a draft is written. */
export interface AcceptChance {
  readonly domain?: Domain;
  readonly complexity?: Complexity;
  readonly chance: number;
  readonly rows: number;
}

/** What traffic looked like when it was calibrated, so that drift can be seen. */
export interface ExpectedTraffic {
  /** Share of drafts accepted, 0 to 1. */
  readonly acceptance: number;
  /** Share of corrected probabilities in each tenth from 0 to 1; sums to 1. */
  readonly histogram: readonly number[];
  readonly rows: number;
}

/** What was learned from recorded traffic. Plain JSON: one file that an agent loads. */
export interface Calibration {
  readonly version: typeof calibrationVersion;
  /** ISO 8601. */
  readonly createdAt: string;
  readonly data: {
    /** Hash of the rows it was fitted on. */
    readonly fingerprint: string;
    readonly rows: number;
    /** First and last time of the traces, ISO 8601. */
    readonly from?: string;
    readonly to?: string;
    /** Cheapest first, the verifier last. */
    readonly models: readonly string[];
    readonly labels: Readonly<Partial<Record<LabelSource, number>>>;
  };
  readonly maps: readonly ProbabilityMap[];
  readonly thresholds: readonly CalibratedThreshold[];
  /** Levels at which the judge's own verdicts held on this traffic and nothing better was certain: they are left as they are. */
  readonly asJudged?: readonly QualityLevel[];
  readonly priors: readonly ModelPrior[];
  readonly acceptChances: readonly AcceptChance[];
  /** Below this chance of acceptance a draft costs more than it saves; the verifier is then asked at once. 0 turns that off. */
  readonly directBelow: number;
  readonly expected?: ExpectedTraffic;
  /** Figures on rows that were held out, by name. */
  readonly metrics: Readonly<Record<string, number>>;
}
