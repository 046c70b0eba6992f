/** Stakes that are mixed, as shares of the largest that cannot go broke. */
const stakes = Array.from({ length: 20 }, (_, index) => (index + 1) / 20);

/**
 * Probability of losses this small if their true mean were `maxLoss` or more, for losses anywhere from -1 to 1: graded scores.
 *
 * The wealth of a gambler who bets a fixed share against the claim, averaged over shares, grows past 1/p with probability at most p when the
 * claim is true (Waudby-Smith and Ramdas, "Estimating means of bounded random variables by betting", 2024). Does not depend on the order.
 */
export function bettingPValue(losses: readonly number[], maxLoss: number): number {
  if (maxLoss >= 1) return 0;
  const logWealth = stakes.map((share) => {
    const stake = share / (1 - maxLoss);
    let sum = 0;
    for (const loss of losses) sum += Math.log(Math.max(0, 1 + stake * (maxLoss - loss)));
    return sum;
  });
  const top = Math.max(...logWealth);
  let mean = 0;
  for (const wealth of logWealth) mean += Math.exp(wealth - top) / stakes.length;
  return Math.min(1, Math.exp(-top) / mean);
}
