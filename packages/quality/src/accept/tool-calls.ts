/** Log-odds of a draft that calls tools without a fault, by an average model; see decision 0032. */
const sound = 2;
/** How much of a model's ability counts for tool calls. */
const abilityShare = 0.5;

/** Log-odds that signals of tool calls add, per unit of their value above or below `from`; chosen by hand. */
const weights: readonly { readonly signal: string; readonly from: number; readonly weight: number }[] = [
  { signal: 'tool-call-grounding', from: 1, weight: 2.5 },
  { signal: 'tool-call-unmentioned', from: 0, weight: -1.5 },
  { signal: 'tool-call-relevance', from: 0.5, weight: 1 },
  { signal: 'tool-call-repeated', from: 0, weight: -1 },
];

/** Log-odds of sound tool calls by a model of some ability: what a verifier is expected to reach. */
export function toolCallPrior(ability: number): number {
  return sound + abilityShare * ability;
}

/** What each signal of tool calls adds to the log-odds. */
export function toolCallParts(read: (signal: string) => number): readonly { readonly signal: string; readonly amount: number }[] {
  return weights.flatMap(({ signal, from, weight }) => {
    const value = read(signal);
    return Number.isNaN(value) ? [] : [{ signal, amount: weight * (value - from) }];
  });
}
