import type { QualityLevel } from '@cascadeflow/contract';

/** What a level tolerates. */
export interface LevelBar {
  /** Probability from which a draft is accepted where nothing is known of the verifier. */
  readonly minProbability: number;
  /** How far the draft's probability may stay behind the verifier's expected one; below 0 it must be ahead. */
  readonly slack: {
    /** Nobody else can be asked but the verifier. */
    readonly alone: number;
    /** Another drafter can still be asked, which costs little. */
    readonly beforeOpinion: number;
    /** Final answers were compared and are the same. */
    readonly agreed: number;
    readonly contradicted: number;
    /** A short everyday request, unlike the exam questions that the weights come from. */
    readonly plain: number;
  };
}

/** The bars of the named levels; decision 0033 has the table of what each kept and saved on recorded answers. */
export const levelBars: { readonly [Level in QualityLevel]: LevelBar } = {
  economy: { minProbability: 0.6, slack: { alone: 0.05, beforeOpinion: 0, agreed: 0.15, contradicted: 0.03, plain: 0.15 } },
  balanced: { minProbability: 0.75, slack: { alone: -0.01, beforeOpinion: -0.08, agreed: 0.03, contradicted: -0.05, plain: 0.06 } },
  strict: { minProbability: 0.88, slack: { alone: -0.04, beforeOpinion: -0.15, agreed: 0.01, contradicted: -0.15, plain: 0.03 } },
};
