import { FeatureBuffer, hashFeatures } from '../../../../packages/routing/src/text/hash-features.ts';
import type { DomainExample } from './domain-data.ts';
import { foldOf } from './rows.ts';
import { strongest } from './prune.ts';
import { fitSoftmax, scores, type LinearModel, type SparseRow } from './softmax.ts';

/** The classes, in the order of the weights. */
export const domainClasses = ['code', 'data', 'structured', 'rag', 'conversation', 'tool', 'creative', 'summary', 'translation', 'math', 'science', 'medical', 'legal', 'financial', 'general'] as const;
/** Base-2 logarithm of the number of buckets. */
export const domainBits = 16;
/** Weights that are kept; the others are 0. */
const keptWeights = 31_500;
/** Share of each class's weight that our own prompts have; recorded sets share the rest. Chosen on prompts of templates held out. */
const ownShare = 0.65;
/** A row of the labelled set counts this many rows that were labelled by their set or subject alone. */
const labelledWeight = 4;
/** Rows taken at most from one set for one class. */
const cap = 600;
const settings = { classes: domainClasses.length, buckets: 1 << domainBits, epochs: 8, rate: 0.3, lasso: 1e-3, dropout: 0.3 } as const;

const buffer = new FeatureBuffer(domainBits);
const cache = new Map<string, { features: Uint16Array; ends: readonly number[] }>();

/** Hashed features of a text, kept. */
export function featuresOf(text: string): { readonly features: Uint16Array; readonly ends: readonly number[] } {
  let found = cache.get(text);
  if (!found) {
    hashFeatures(text, buffer);
    found = { features: buffer.buckets.slice(0, buffer.ends[2]), ends: [...buffer.ends] };
    cache.set(text, found);
  }
  return found;
}

/** A text as it is compared when rows must not stand on both sides of a split: without the choices of an exam item, which other rows leave out. */
export function comparable(text: string): string {
  return (text.split(/\n(?:Options:|A[.)] )/)[0] ?? '').toLowerCase().replace(/\s+/g, ' ').trim();
}

/** Keeps at most {@link cap} rows of each set and class, the same in every run. */
export function capped(examples: readonly DomainExample[]): DomainExample[] {
  const counts = new Map<string, number>();
  return [...examples]
    .sort((a, b) => foldOf(a.text, 1e9) - foldOf(b.text, 1e9))
    .filter((example) => {
      const key = `${example.domain} ${example.source}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
      return (counts.get(key) ?? 0) <= cap;
    });
}

/** Fits the classifier. Every class weighs the same; within a class, sets weigh by the root of their size. */
export function fitDomain(labelled: readonly DomainExample[], others: readonly DomainExample[]): LinearModel {
  const rows: SparseRow[] = [];
  for (const [label, domain] of domainClasses.entries()) {
    const bySource = new Map<string, { example: DomainExample; weight: number }[]>();
    const put = (example: DomainExample, weight: number) => {
      if (example.domain !== domain) return;
      const list = bySource.get(example.source) ?? [];
      list.push({ example, weight });
      bySource.set(example.source, list);
    };
    const sizes = new Map<string, number>();
    for (const example of others) if (example.group) sizes.set(example.group, (sizes.get(example.group) ?? 0) + 1);
    for (const example of labelled) put(example, labelledWeight);
    for (const example of others) put(example, example.group ? (sizes.get(example.group) ?? 1) ** -0.5 : 1);
    const recorded = [...bySource].filter(([source]) => source !== 'own');
    const roots = recorded.reduce((sum, [, list]) => sum + Math.sqrt(list.length), 0);
    for (const [source, list] of bySource) {
      const share = source === 'own' ? (recorded.length > 0 ? ownShare : 1) : ((1 - ownShare) * Math.sqrt(list.length)) / roots;
      const total = list.reduce((sum, entry) => sum + entry.weight, 0);
      for (const { example, weight } of list) rows.push({ ...featuresOf(example.text), label, weight: Math.min(8, ((share * weight) / total) * 800) });
    }
  }
  const first = fitSoftmax(rows, { ...settings, epochs: 5 });
  return fitSoftmax(rows, { ...settings, lasso: 0, kept: strongest(first, rows, keptWeights) });
}

/** Scores of a text, before temperature. */
export function domainScores(model: LinearModel, text: string): Float64Array {
  const { features, ends } = featuresOf(text);
  return scores(model, features, ends, new Float64Array(model.classes));
}
