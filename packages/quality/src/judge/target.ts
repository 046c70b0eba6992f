import type { QualityLevel } from '@cascadeflow/contract';

/** What a level tolerates. */
export interface LevelBar {
  /** Probability from which a draft is accepted where nothing is known of the verifier. */
  readonly minProbability: number;
  /** How far the draft's probability may stay behind the verifier's expected one. */
  readonly slack: number;
}

/** The bars of the named levels; decision 0033 has the table of what each kept and saved on recorded answers. */
export const levelBars: { readonly [Level in QualityLevel]: LevelBar } = {
  economy: { minProbability: 0.6, slack: 0.12 },
  balanced: { minProbability: 0.75, slack: 0.05 },
  strict: { minProbability: 0.88, slack: 0.01 },
};
