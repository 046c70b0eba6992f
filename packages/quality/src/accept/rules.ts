/** A flaw that lowers the probability whatever the fitted model makes of it. */
export interface Rule {
  readonly signal: string;
  /** Value from which the flaw counts. */
  readonly from: number;
  /** Log-odds at that value, and for each unit above it. */
  readonly at: number;
  readonly slope: number;
}

/**
 * Flaws that recorded answers of good models hardly ever have, so that nothing could be fitted on them: chosen by hand, strong enough to
 * hold a draft back alone. See decision 0032.
 */
export const rules: readonly Rule[] = [
  { signal: 'refusal', from: 0.5, at: -1.5, slope: -4 },
  { signal: 'wrong-language', from: 0.5, at: -4, slope: 0 },
  { signal: 'garbled', from: 0.12, at: -2, slope: -8 },
  { signal: 'vacuous', from: 0.45, at: -1.5, slope: -4 },
  { signal: 'repetition', from: 0.4, at: -1, slope: -6 },
  { signal: 'cut-off', from: 0.5, at: -1.5, slope: -3 },
  { signal: 'too-short', from: 0.4, at: -1.5, slope: -3 },
  { signal: 'length-miss', from: 0.5, at: -0.5, slope: -4 },
  { signal: 'item-miss', from: 0.2, at: -0.7, slope: -3 },
  { signal: 'off-topic', from: 0.5, at: -2.5, slope: 0 },
  { signal: 'arithmetic-slip', from: 1, at: -2, slope: 0 },
  { signal: 'placeholder', from: 1, at: -6, slope: 0 },
  { signal: 'cannot-answer', from: 1, at: -4, slope: 0 },
  { signal: 'stutter', from: 0.15, at: -2, slope: -8 },
  { signal: 'cut-word', from: 1, at: -5, slope: 0 },
  { signal: 'off-label', from: 1, at: -4, slope: 0 },
  { signal: 'few-items', from: 0.2, at: -1.5, slope: -3 },
  { signal: 'json-miss', from: 1, at: -4, slope: 0 },
  { signal: 'code-miss', from: 1, at: -3, slope: 0 },
  { signal: 'kind-miss', from: 1, at: -4, slope: 0 },
  { signal: 'echo', from: 1, at: -3, slope: 0 },
  { signal: 'strays', from: 1, at: -2.5, slope: 0 },
  { signal: 'off-subject', from: 1, at: -5, slope: 0 },
  { signal: 'no-name', from: 1, at: -5, slope: 0 },
  { signal: 'leaves-text', from: 1, at: -4, slope: 0 },
  { signal: 'word-salad', from: 0.04, at: -1.5, slope: -10 },
  { signal: 'empty-talk', from: 1, at: -4, slope: 0 },
  { signal: 'non-answer', from: 0.6, at: -1.2, slope: -8 },
  { signal: 'sum-miss', from: 1, at: -5, slope: 0 },
];

/** What a rule adds to the log-odds at a value. */
export function applyRule(rule: Rule, value: number): number {
  return value >= rule.from ? rule.at + rule.slope * (value - rule.from) : 0;
}
