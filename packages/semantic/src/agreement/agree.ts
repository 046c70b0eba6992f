import type { CallOptions, Embedder } from '@cascadeflow/contract';
import weights from '../data/agreement.json' with { type: 'json' };
import { type AgreementMeasures, measureAgreement } from './measure-agreement.ts';

/** How far two answers say the same. */
export interface Agreement extends AgreementMeasures {
  /**
   * Probability that the answers stand or fall together, when as many pairs do as do not. Fitted for the shipped
   * embedder on pairs of recorded answers: both right against one right and one wrong.
   */
  readonly probability: number;
}

/**
 * How far two answers to one request agree, for a consensus judge.
 *
 * Compare final answers exactly where there are any (a letter, a number, a JSON value): that is much stronger. This is
 * for free text, and it does not see a changed negation.
 *
 * @throws whatever the embedder throws.
 */
export async function agree(a: string, b: string, embedder: Embedder, options?: CallOptions): Promise<Agreement> {
  const measures = await measureAgreement(a, b, embedder, options);
  let odds = weights.bias;
  for (const name of ['whole', 'sentences', 'last', 'words', 'numbers'] as const) odds += weights[name] * measures[name];
  return { ...measures, probability: 1 / (1 + Math.exp(-odds)) };
}
