/** Ranks from 0, ties at the mean of their places. */
function ranks(values: readonly number[]): number[] {
  const order = values.map((_, index) => index).sort((a, b) => values[a]! - values[b]!);
  const found = new Array<number>(values.length).fill(0);
  for (let from = 0; from < order.length; ) {
    let to = from;
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++;
    for (let at = from; at < to; at++) found[order[at]!] = (from + to - 1) / 2;
    from = to;
  }
  return found;
}

/** Spearman's rank correlation, -1 to 1; NaN when either side is constant. */
export function spearman(left: readonly number[], right: readonly number[]): number {
  const a = ranks(left);
  const b = ranks(right);
  const mean = (a.length - 1) / 2;
  let both = 0;
  let first = 0;
  let second = 0;
  for (let index = 0; index < a.length; index++) {
    both += (a[index]! - mean) * (b[index]! - mean);
    first += (a[index]! - mean) ** 2;
    second += (b[index]! - mean) ** 2;
  }
  return both / Math.sqrt(first * second);
}
