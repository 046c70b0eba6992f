import type { Signal } from '@cascadeflow/contract';
import { rememberLast } from '../text/remember-last.ts';
import type { RequestView } from '../text/request-view.ts';
import { viewSignal } from './define-signal.ts';

/** Letters of a word that are looked up. */
const stem = 7;

/** Letters of the shortest term. */
const shortest = 3;

/** School and competition subjects, on which models of one size differ in how often they are right. */
const topics = ['math', 'physics', 'law', 'health', 'computing', 'business', 'humanities'];

const topicsOf = new Map<string, number[]>();

/** Takes the terms of each topic, which come with the weights that were fitted on them; until then the signals have nothing to say. Terms stay once they are known. */
export function learnTerms(terms: { readonly [topic: string]: string } = {}): void {
  if (topicsOf.size > 0) return;
  topics.forEach((topic, index) => {
    for (const term of terms[topic]?.split(' ') ?? []) {
      const key = term.slice(0, stem);
      const known = topicsOf.get(key) ?? [];
      if (!known.includes(index)) topicsOf.set(key, [...known, index]);
    }
  });
}

/** Terms of each topic in a question, each word counted once. */
const topicCounts = rememberLast((request: RequestView): readonly number[] => {
  const tally = topics.map(() => 0);
  const seen = new Set<string>();
  for (const word of request.words) {
    const found = word.length < shortest ? undefined : topicsOf.get(word.slice(0, stem));
    if (!found || seen.has(word)) continue;
    seen.add(word);
    for (const topic of found) tally[topic] = (tally[topic] ?? 0) + 1;
  }
  return tally;
});

/** One signal per subject: how many of its terms the question uses, as a logarithm. */
export const topicSignals: readonly Signal[] = topics.map((topic, index) =>
  viewSignal(`topic-${topic}`, ({ request }) => (topicsOf.size === 0 ? undefined : Math.log1p(topicCounts(request)[index] ?? 0))),
);
