import type { LinearModel } from './softmax.ts';

/** Steps on either side of zero. */
const steps = 6;
/** Share of a class's weights, by size, that fit the scale; the few larger ones are cut. */
const coverage = 0.98;
const zeroLetter = 104;
const firstGap = 35;
const openGap = 91;

/** A model as letters; see `DomainWeights` for what they mean. */
export interface Packed {
  readonly gaps: string[];
  readonly weights: string[];
  readonly scales: number[];
}

/** Rounds weights to steps and writes down, class by class, where those are that are not 0. */
export function quantise(model: LinearModel): Packed {
  const { classes } = model;
  const packed: Packed = { gaps: [], weights: [], scales: [] };
  for (let label = 0; label < classes; label++) {
    const own = model.weights.filter((_, index) => index % classes === label);
    const sizes = own.filter((weight) => weight !== 0).map(Math.abs).sort();
    const scale = Number(((sizes[Math.floor(sizes.length * coverage)] ?? 1) / steps).toPrecision(4));
    let gaps = '';
    let weights = '';
    let last = 0;
    own.forEach((weight, bucket) => {
      const step = Math.max(-steps, Math.min(steps, Math.round(weight / scale)));
      if (step === 0) return;
      let gap = bucket - last;
      for (; gap >= openGap - firstGap; gap -= openGap - firstGap) gaps += String.fromCharCode(openGap);
      gaps += String.fromCharCode(firstGap + gap);
      weights += String.fromCharCode(zeroLetter + step);
      last = bucket;
    });
    packed.gaps.push(gaps);
    packed.weights.push(weights);
    packed.scales.push(scale);
  }
  return packed;
}
