import { learnTerms } from '../signals/topic.ts';
import { type TalkWeights, learnTalk } from '../text/talk.ts';
import type { BoostedTrees } from './boosted-trees.ts';
import { type PackedTrees, unpackTrees } from './packed-trees.ts';

/** Coefficients of two logistic regressions: is the draft good, and would the verifier's answer be. Their inputs are in `outlook.ts`. */
export interface Heads {
  readonly good: readonly number[];
  readonly verifier: readonly number[];
}

/** What was fitted on recorded answers. Plain JSON. */
export interface AcceptWeights {
  /** What it was fitted on and how. */
  readonly provenance: {
    readonly date: string;
    readonly rows: number;
    readonly sets: { readonly [set: string]: number };
    readonly note: string;
  };
  /** Names of the signals, in the order that the trees count them. */
  readonly features: readonly string[];
  /** Terms of each topic that the signals `topic-…` count, between spaces. Those of the first weights in a process stay: they are looked up by all judges. */
  readonly terms?: { readonly [topic: string]: string };
  /** What tells talk and refusals from answers, for the signal `non-answer`. Those of the first weights in a process stay. */
  readonly talk?: TalkWeights;
  /** Log-odds that a draft is good, from its signals. */
  readonly draft: BoostedTrees;
  /** Log-odds that a draft is good from those of its signals and from the log-odds of its answer token, where token probabilities are known. */
  readonly tokens: readonly number[];
  /** For a draft on its own, for one that another drafter agrees with, and for one that another drafter contradicts. */
  readonly alone: Heads;
  readonly agreed: Heads;
  readonly contradicted: Heads;
}

/** The weights as they are shipped. */
type PackedWeights = Omit<AcceptWeights, 'draft'> & { readonly draft: PackedTrees };

let loaded: AcceptWeights | undefined;
let loading: Promise<AcceptWeights> | undefined;

/** The fitted weights if they are in memory already. */
export function loadedWeights(): AcceptWeights | undefined {
  return loaded;
}

/** Reads the fitted weights, once per process. */
export function loadWeights(): Promise<AcceptWeights> {
  loading ??= import('./weights.json', { with: { type: 'json' } }).then((module) => {
    const packed = module.default as PackedWeights;
    loaded = { ...packed, draft: unpackTrees(packed.draft) };
    learnTerms(loaded.terms);
    learnTalk(loaded.talk);
    return loaded;
  });
  return loading;
}

/** Whether the fitted weights are in memory; when not, starts to read them. */
export function acceptModelReady(): boolean {
  if (!loaded) void loadWeights();
  return loaded !== undefined;
}
