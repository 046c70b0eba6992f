import type { BoostedTrees } from './boosted-trees.ts';

/** What was fitted on recorded answers. */
export interface AcceptWeights {
  /** Names of the signals, in the order that the trees count them. */
  readonly features: readonly string[];
  /** Log-odds that a draft is good. */
  readonly draft: BoostedTrees;
}

let loaded: AcceptWeights | undefined;
let loading: Promise<AcceptWeights> | undefined;

/** The fitted weights if they are in memory already. */
export function loadedWeights(): AcceptWeights | undefined {
  return loaded;
}

/** Reads the fitted weights, once per process. */
export function loadWeights(): Promise<AcceptWeights> {
  loading ??= import('./weights.json', { with: { type: 'json' } }).then((module) => (loaded = module.default as AcceptWeights));
  return loading;
}
