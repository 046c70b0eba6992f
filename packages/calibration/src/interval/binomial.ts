/** Probability of at most `k` successes in `n` trials of probability `p`, summed exactly; 1 from `k` = `n` on, 0 below 0. */
export function binomialCdf(k: number, n: number, p: number): number {
  if (k < 0) return 0;
  if (k >= n || p <= 0) return 1;
  if (p >= 1) return 0;
  const odds = Math.log(p) - Math.log1p(-p);
  // Summed as logarithms: (1 - p)^n alone underflows for a few thousand trials.
  let term = n * Math.log1p(-p);
  const terms = [term];
  let largest = term;
  for (let count = 1; count <= k; count++) {
    term += Math.log((n - count + 1) / count) + odds;
    terms.push(term);
    if (term > largest) largest = term;
  }
  let sum = 0;
  for (const each of terms) sum += Math.exp(each - largest);
  return Math.min(1, sum * Math.exp(largest));
}

/** The bounds of a share. */
export interface ShareBounds {
  readonly low: number;
  readonly high: number;
}

/** Halvings that bring a bound to 1e-15. */
const halvings = 50;

/** The place in [0, 1] where a falling function crosses `level`. */
function crossing(falling: (p: number) => number, level: number): number {
  let low = 0;
  let high = 1;
  for (let step = 0; step < halvings; step++) {
    const middle = (low + high) / 2;
    if (falling(middle) > level) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** Largest share that `k` successes in `n` do not rule out at level `alpha`: a one-sided exact upper bound. 1 for `n` = 0. */
export function binomialUpperBound(k: number, n: number, alpha: number): number {
  return k >= n ? 1 : crossing((p) => binomialCdf(k, n, p), alpha);
}

/** Smallest share that `k` successes in `n` do not rule out at level `alpha`: a one-sided exact lower bound. 0 for `k` = 0. */
export function binomialLowerBound(k: number, n: number, alpha: number): number {
  return k <= 0 ? 0 : 1 - binomialUpperBound(n - k, n, alpha);
}

/**
 * Exact two-sided interval of a share: never covers less than it says.
 *
 * Clopper and Pearson, "The use of confidence or fiducial limits illustrated in the case of the binomial", 1934.
 */
export function clopperPearson(k: number, n: number, confidence: number = 0.95): ShareBounds {
  const alpha = (1 - confidence) / 2;
  return { low: binomialLowerBound(k, n, alpha), high: binomialUpperBound(k, n, alpha) };
}
