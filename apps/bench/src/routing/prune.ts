import type { LinearModel, SparseRow } from './softmax.ts';

/** How much the number of rows with a bucket counts beside the size of its weights. Chosen by hand on the plain prompts among 0.5, 0.7 and 1. */
const occurrence = 0.7;

/**
 * Marks the `most` weights that move probabilities most: by how far they lie from the middle of their bucket, because what a bucket adds to
 * every class alike changes nothing, and by how often the bucket occurs. The others are to stay 0.
 */
export function strongest(model: LinearModel, rows: readonly SparseRow[], most: number): Uint8Array {
  const { classes, weights } = model;
  const seen = new Float64Array(weights.length / classes);
  for (const row of rows) for (const bucket of row.features) seen[bucket]! += row.weight;
  const reach = new Float64Array(weights.length);
  for (let bucket = 0; bucket < seen.length; bucket++) {
    if (seen[bucket] === 0) continue;
    const own = weights.subarray(bucket * classes, (bucket + 1) * classes);
    const middle = Float32Array.from(own).sort()[classes >> 1] ?? 0;
    own.forEach((weight, label) => (reach[bucket * classes + label] = (weight - middle) ** 2 * seen[bucket]! ** occurrence));
  }
  const bar = Float64Array.from(reach).sort()[Math.max(0, reach.length - most)] ?? 0;
  return Uint8Array.from(reach, (value) => (value > 0 && value >= bar ? 1 : 0));
}
