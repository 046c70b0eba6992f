import type { ShareBounds } from './binomial.ts';

/** How many standard deviations either side of the mean hold `confidence` of a normal distribution: 1.96 for 0.95. */
export function normalQuantile(confidence: number): number {
  let low = 0;
  let high = 10;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (normalMass(middle) < confidence) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Probability that a standard normal lies within `z` of 0, by Simpson's rule; the error is far below 1e-9. */
function normalMass(z: number): number {
  const intervals = 200;
  const width = z / intervals;
  const density = (x: number) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);
  let sum = density(0) + density(z);
  for (let index = 1; index < intervals; index++) sum += density(index * width) * (index % 2 === 1 ? 4 : 2);
  return (2 * sum * width) / 3;
}

/**
 * Approximate two-sided interval of a share, shorter than the exact one; covers what it says on average over shares. 0 to 1 for `n` = 0.
 *
 * Wilson, "Probable inference, the law of succession, and statistical inference", 1927.
 */
export function wilson(k: number, n: number, confidence: number = 0.95): ShareBounds {
  if (n === 0) return { low: 0, high: 1 };
  const z = normalQuantile(confidence);
  const share = k / n;
  const centre = share + (z * z) / (2 * n);
  const margin = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return { low: Math.max(0, (centre - margin) / scale), high: Math.min(1, (centre + margin) / scale) };
}
