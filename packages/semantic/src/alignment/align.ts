import { type CallOptions, type Embedder, InvalidOptionsError } from '@cascadeflow/contract';
import weights from '../data/alignment.json' with { type: 'json' };
import { type AlignmentMeasures, measureAlignment } from './measure-alignment.ts';

/** Options of {@link align}. */
export interface AlignOptions extends CallOptions {
  /** Drafts with a lower probability are off topic; 0 to 1. */
  readonly threshold?: number;
}

/** How a draft relates to the request it should answer. */
export interface Alignment extends AlignmentMeasures {
  /**
   * Probability that the draft is about the request, when as many drafts are as are not. Fitted for the shipped
   * embedder. It says nothing about right or wrong.
   */
  readonly probability: number;
  /** True when the probability is below the threshold: another subject, or empty talk. */
  readonly offTopic: boolean;
}

/** Below it a draft is called off topic: one own answer in two hundred of the fitting rows falls there (see `scripts/fit-alignment.ts`). */
export const defaultOffTopicThreshold: number = weights.threshold;

/**
 * Whether a draft is about the request: for spotting answers to something else, wrong subjects and empty talk.
 *
 * It is no score of correctness. An answer in which only a negation or a number is changed has nearly the same
 * vectors and words, and is not detected. Very short answers (`B`, `42`) share no words with their question: below
 * the length that `canAlign` checks, do not ask.
 *
 * @throws InvalidOptionsError for a bad threshold; whatever the embedder throws.
 */
export async function align(request: string, draft: string, embedder: Embedder, { threshold = defaultOffTopicThreshold, ...options }: AlignOptions = {}): Promise<Alignment> {
  if (!(threshold >= 0 && threshold <= 1)) throw new InvalidOptionsError('threshold', 'must be a probability from 0 to 1');
  const measures = await measureAlignment(request, draft, embedder, options);
  const odds = weights.bias + weights.whole * measures.whole + weights.best * measures.best + weights.coverage * measures.coverage + weights.echo * measures.echo;
  const probability = 1 / (1 + Math.exp(-odds));
  return { ...measures, probability, offTopic: probability < threshold };
}

/** Fewest letters and digits of a draft that can be on or off a topic; chosen by hand. */
export const LEAST_ALIGNABLE = 24;

/** False for drafts too short to have a subject: letters of multiple choice, numbers, yes and no. */
export function canAlign(draft: string): boolean {
  return (draft.slice(0, 1000).match(/[\p{L}\p{N}]/gu)?.length ?? 0) >= LEAST_ALIGNABLE;
}
