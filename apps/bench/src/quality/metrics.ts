/** Area under the ROC curve; ties count half. */
export function auroc(scores: ArrayLike<number>, good: ArrayLike<number>): number {
  const order = Array.from(scores, (_, index) => index).sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  let [rankSum, positives] = [0, 0];
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && scores[order[end] ?? 0] === scores[order[start] ?? 0]) end++;
    for (let at = start; at < end; at++) {
      if ((good[order[at] ?? 0] ?? 0) < 0.5) continue;
      rankSum += (start + end + 1) / 2;
      positives++;
    }
    start = end;
  }
  const negatives = order.length - positives;
  return (rankSum - (positives * (positives + 1)) / 2) / (positives * negatives);
}

/** Expected calibration error over 15 bins of equal mass. */
export function ece(probabilities: ArrayLike<number>, good: ArrayLike<number>, bins = 15): number {
  const order = Array.from(probabilities, (_, index) => index).sort((a, b) => (probabilities[a] ?? 0) - (probabilities[b] ?? 0));
  let error = 0;
  for (let bin = 0; bin < bins; bin++) {
    let gap = 0;
    for (let at = Math.floor((bin * order.length) / bins); at < Math.floor(((bin + 1) * order.length) / bins); at++) {
      const row = order[at] ?? 0;
      gap += (probabilities[row] ?? 0) - (good[row] ?? 0);
    }
    error += Math.abs(gap);
  }
  return error / order.length;
}

/** Mean squared error of probabilities. */
export function brier(probabilities: ArrayLike<number>, good: ArrayLike<number>): number {
  let sum = 0;
  for (let row = 0; row < probabilities.length; row++) sum += ((probabilities[row] ?? 0) - (good[row] ?? 0)) ** 2;
  return sum / probabilities.length;
}
