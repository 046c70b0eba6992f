import type { ModelInfo } from './model.ts';
import type { ModelRequest } from './request.ts';
import type { QualityTarget } from './verdict.ts';

/** How hard a request looks before any answer is seen. */
export type Complexity = 'trivial' | 'simple' | 'moderate' | 'hard' | 'expert' | 'unknown';

/** What a request is about. */
export type Domain =
  | 'code'
  | 'data'
  | 'structured'
  | 'rag'
  | 'conversation'
  | 'tool'
  | 'creative'
  | 'summary'
  | 'translation'
  | 'math'
  | 'science'
  | 'medical'
  | 'legal'
  | 'financial'
  | 'multimodal'
  | 'general';

/** A label with the probability that it is right, 0 to 1. */
export interface Assessment<Label extends string> {
  readonly label: Label;
  readonly confidence: number;
  /** The likeliest labels, best first, this one included. */
  readonly top?: readonly { readonly label: Label; readonly probability: number }[];
}

/** When a second, independent draft is asked for: never, when the judge is in doubt, or always. */
export type SecondOpinion = 'off' | 'auto' | 'always';

/** A model that a plan leaves out, and the need it does not meet. */
export interface Exclusion {
  readonly model: string;
  readonly reason: string;
}

/** Which models may answer, in which order. Inert data: it can be printed, stored and compared. */
export interface Plan {
  /** Tier indices in the order they are tried; the last is the verifier. Never empty. */
  readonly tiers: readonly number[];
  /** `draft`: cheap first and judged. `direct`: the first tier's answer is taken as it comes. */
  readonly start: 'draft' | 'direct';
  readonly secondOpinion: SecondOpinion;
  readonly excluded: readonly Exclusion[];
  /** Bar that a policy sets for this request instead of the level's own, 0 to 1. */
  readonly minProbability?: number;
  /** Expected chance that the first draft is accepted, 0 to 1, where the router has one. */
  readonly acceptChance?: number;
}

/** A router's decision. */
export interface Route {
  readonly complexity: Assessment<Complexity>;
  readonly domain: Assessment<Domain>;
  readonly plan: Plan;
  /** Why, one plain sentence each, most important first. */
  readonly reasons: readonly string[];
}

/** What a router may look at. */
export interface RouterInput {
  readonly request: ModelRequest;
  /** Every configured model, cheapest first. */
  readonly models: readonly ModelInfo[];
  readonly target: QualityTarget;
  /** What the caller asked for; a router may only narrow it. */
  readonly secondOpinion: SecondOpinion;
  readonly sessionId?: string;
  readonly metadata?: { readonly [key: string]: unknown };
  readonly signal?: AbortSignal;
}

/** Chooses how a request travels. `undefined` means "not mine": the next router, or the default, decides. */
export type Router = (input: RouterInput) => Route | undefined | Promise<Route | undefined>;
