import { cosine } from '@cascadeflow/contract';

/** One class as shipped: a name and a direction. */
export interface Centroid {
  readonly label: string;
  /** Length 1. */
  readonly vector: Float32Array;
}

/** Centroids as JSON: a byte per dimension, base64. Only the direction counts. */
export interface CentroidData {
  readonly dimensions: number;
  /** How sharply similarities become probabilities; fitted with the centroids. */
  readonly sharpness: number;
  readonly centroids: readonly { readonly label: string; readonly codes: string }[];
}

/** A label with its share of belief; the shares of all labels add up to 1. */
export interface LabelBelief {
  readonly label: string;
  readonly probability: number;
  /** Highest cosine to a centroid of this label. */
  readonly similarity: number;
}

/** Beliefs over labels from the nearest centroid of each, most likely first. A label may have several centroids. */
export function classifyNearest(vector: Float32Array, centroids: readonly Centroid[], sharpness: number): LabelBelief[] {
  const best = new Map<string, number>();
  for (const { label, vector: direction } of centroids) best.set(label, Math.max(best.get(label) ?? -1, cosine(vector, direction)));
  const top = Math.max(...best.values());
  const weights = [...best].map(([label, similarity]) => ({ label, similarity, weight: Math.exp(sharpness * (similarity - top)) }));
  const sum = weights.reduce((total, { weight }) => total + weight, 0);
  return weights
    .map(({ label, similarity, weight }) => ({ label, similarity, probability: weight / sum }))
    .sort((a, b) => b.probability - a.probability);
}
