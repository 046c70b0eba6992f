import type { Draft, SignalInput } from '@cascadeflow/contract';
import { readerOf } from '../signals/define-signal.ts';
import { builtinSignals } from '../signals/table.ts';
import { predict } from './boosted-trees.ts';
import { toProbability } from './log-odds.ts';
import { readSignals } from './read-signals.ts';
import { loadedWeights } from './weights.ts';

/** Signals that ask about the request and the model alone. */
const beforeDraft = builtinSignals.filter((signal) =>
  ['question-length', 'stem-length', 'question-sentences', 'question-numbers', 'options', 'formula-density', 'constraints', 'relations', 'asks-code', 'model-class', 'model-price'].includes(signal.name) ||
  signal.name.startsWith('topic-'),
);

const readers = beforeDraft.map(readerOf);

const noDraft: Draft = { provider: '', model: '', tier: 0, content: '', toolCalls: [], finishReason: { unified: 'stop' }, complete: true };

/** Probability that a draft not yet written will be good, from request and model; `undefined` until the weights are in memory. */
export function priorProbability(input: Omit<SignalInput, 'draft'>): number | undefined {
  const weights = loadedWeights();
  if (!weights) return undefined;
  const draft = { ...noDraft, model: input.model?.name ?? '' };
  const { values } = readSignals(readers, { ...input, draft });
  const named = new Map(beforeDraft.map((signal, index) => [signal.name, values[index] ?? Number.NaN]));
  return toProbability(predict(weights.draft, weights.features.map((name) => named.get(name) ?? Number.NaN)));
}
