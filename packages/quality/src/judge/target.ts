import type { QualityLevel } from '@cascadeflow/contract';

/** What a level tolerates. */
export interface LevelBar {
  /** Probability from which a draft is accepted where nothing is known of the verifier. */
  readonly minProbability: number;
  /** Probability that a draft has to have where nobody else was heard, however little the verifier would do better. */
  readonly floor: {
    /** Less for a draft that is clearly ahead of the verifier. */
    readonly alone: number;
    /** Another drafter can still be asked, which costs little: whatever is expected of the verifier. */
    readonly beforeOpinion: number;
    /** A short everyday request: what is expected of the verifier there may sink with the draft's own probability, and must not carry a bad draft. */
    readonly plain: number;
  };
  /** How far the draft's probability may stay behind the verifier's expected one; below 0 it must be ahead. */
  readonly slack: {
    /** Nobody else can be asked but the verifier. */
    readonly alone: number;
    readonly beforeOpinion: number;
    /** Final answers were compared and are the same. */
    readonly agreed: number;
    /** Taken from `agreed` for answers that agree by luck: all of it would go where any two guesses agree, half of it for yes or no. */
    readonly luck: number;
    readonly contradicted: number;
    /** A short everyday request, unlike the exam questions that the weights come from. */
    readonly plain: number;
  };
}

/** The bars of the named levels; decision 0033 has the table of what each kept and saved on recorded answers. */
export const levelBars: { readonly [Level in QualityLevel]: LevelBar } = {
  economy: { minProbability: 0.6, floor: { alone: 0.65, beforeOpinion: 0.85, plain: 0.4 }, slack: { alone: 0.06, beforeOpinion: 0.03, agreed: 0.15, luck: 0.1, contradicted: 0.03, plain: 0.15 } },
  balanced: { minProbability: 0.75, floor: { alone: 0.8, beforeOpinion: 0.93, plain: 0.5 }, slack: { alone: 0.025, beforeOpinion: 0.01, agreed: 0.06, luck: 0.06, contradicted: -0.12, plain: 0.07 } },
  strict: { minProbability: 0.88, floor: { alone: 0.9, beforeOpinion: 0.95, plain: 0.7 }, slack: { alone: 0, beforeOpinion: -0.05, agreed: 0.02, luck: 0.05, contradicted: -0.2, plain: 0.03 } },
};
