import { binomialCdf, binomialUpperBound } from '../interval/binomial.ts';

/** What accepting drafts lost: how many questions got worse, how many better, of how many. */
export interface LossCounts {
  readonly worse: number;
  readonly better: number;
  readonly n: number;
}

/** Share of the level spent on bounding how often drafts are better (Berger and Boos 1994 suggest a small one). */
const nuisanceLevel = 0.005;
/** Places at which that share is tried; the worst is usually the last. */
const nuisanceSteps = 8;

/**
 * Probability of losses this small if the true loss, worse minus better as a share of all, were `maxLoss` or more: small values rule that out.
 *
 * Two exact tests, each at half the level, so that either may speak. The first counts only what got worse: exact binomial (Clopper and Pearson
 * 1934), best when drafts are hardly ever better. The second takes worse minus better of the trinomial, with the unknown share of better bounded
 * first (Berger and Boos, "P values maximized over a confidence set for the nuisance parameter", 1994), best when gains make up for losses.
 */
export function lossPValue(counts: LossCounts, maxLoss: number): number {
  if (maxLoss >= 1) return 0;
  if (maxLoss <= 0) return 1;
  const { worse, n } = counts;
  const onlyWorse = binomialCdf(worse, n, maxLoss);
  return Math.min(1, 2 * Math.min(onlyWorse, netPValue(counts, maxLoss)));
}

function netPValue({ worse, better, n }: LossCounts, maxLoss: number): number {
  const most = binomialUpperBound(better, n, nuisanceLevel);
  let largest = 0;
  for (let step = 0; step <= nuisanceSteps; step++) {
    const share = (most * step) / nuisanceSteps;
    if (2 * share + maxLoss >= 1) break;
    largest = Math.max(largest, netCdf(worse - better, n, share, share + maxLoss));
  }
  return largest + nuisanceLevel;
}

/** Tables of log factorials, grown as needed; pure in effect. */
const logFactorials: number[] = [0];
function logFactorial(n: number): number {
  for (let next = logFactorials.length; next <= n; next++) logFactorials.push((logFactorials[next - 1] ?? 0) + Math.log(next));
  return logFactorials[n] ?? 0;
}

/** Probability that worse minus better is at most `net` among `n`. */
function netCdf(net: number, n: number, shareBetter: number, shareWorse: number): number {
  const logBetter = Math.log(shareBetter);
  const logWorse = Math.log(shareWorse);
  const logEven = Math.log(1 - shareBetter - shareWorse);
  // Ten standard deviations out nothing is left that matters.
  const spread = (share: number) => 10 * Math.sqrt(n * share) + 10;
  const lastBetter = shareBetter === 0 ? 0 : Math.min(n, Math.ceil(n * shareBetter + spread(shareBetter)));
  const firstWorse = Math.max(0, Math.floor(n * shareWorse - spread(shareWorse)));
  let sum = 0;
  for (let better = 0; better <= lastBetter; better++) {
    const ofBetter = logFactorial(n) - logFactorial(better) + (better === 0 ? 0 : better * logBetter);
    for (let worse = firstWorse; worse <= Math.min(net + better, n - better); worse++) {
      const even = n - better - worse;
      sum += Math.exp(ofBetter - logFactorial(worse) - logFactorial(even) + worse * logWorse + even * logEven);
    }
  }
  return Math.min(1, sum);
}
