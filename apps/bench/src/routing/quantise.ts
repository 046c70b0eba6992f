import type { LinearModel } from './softmax.ts';

/** Steps on either side of zero. */
const steps = 7;
/** Share of a class's weights, by size, that fit the scale; the few larger ones are cut. */
const coverage = 0.999;
const zeroLetter = 104;

/** Weights as letters: `h` is 0, `a` and `o` are the ends of the scale. Most weights are near 0, so the text compresses well. */
export function quantise(model: LinearModel, dead = 1.2): { readonly weights: string; readonly scales: number[]; readonly zeros: number } {
  const { classes, weights } = model;
  const buckets = weights.length / classes;
  const scales: number[] = [];
  for (let label = 0; label < classes; label++) {
    const sizes = Float64Array.from({ length: buckets }, (_, bucket) => Math.abs(weights[bucket * classes + label] ?? 0)).sort();
    scales.push(Number(((sizes[Math.floor(buckets * coverage)] ?? 1) / steps).toPrecision(4)));
  }
  let text = '';
  let zeros = 0;
  for (let index = 0; index < weights.length; index++) {
    const ratio = (weights[index] ?? 0) / (scales[index % classes] ?? 1);
    const step = Math.abs(ratio) < dead ? 0 : Math.max(-steps, Math.min(steps, Math.round(ratio)));
    if (step === 0) zeros++;
    text += String.fromCharCode(zeroLetter + step);
  }
  return { weights: text, scales, zeros: zeros / weights.length };
}
