/** A fitted logistic regression. */
export interface Logistic {
  readonly bias: number;
  readonly weights: readonly number[];
}

/** Logistic regression by Newton's method with a small ridge; both classes weigh the same. */
export function fitLogistic(rows: readonly (readonly number[])[], labels: readonly boolean[], ridge = 1): Logistic {
  const width = (rows[0]?.length ?? 0) + 1;
  const positives = labels.filter(Boolean).length;
  const share = [rows.length / (2 * (rows.length - positives)), rows.length / (2 * positives)];
  let beta = new Array<number>(width).fill(0);
  for (let step = 0; step < 25; step++) {
    const slope = beta.map((value, index) => (index === 0 ? 0 : -ridge * value));
    const curve = beta.map((_, row) => beta.map((__, column) => (row === column ? ridge : 0)));
    for (const [index, row] of rows.entries()) {
      const x = [1, ...row];
      const p = 1 / (1 + Math.exp(-x.reduce((sum, value, at) => sum + value * (beta[at] as number), 0)));
      const weight = share[labels[index] ? 1 : 0] as number;
      for (let a = 0; a < width; a++) {
        slope[a]! += weight * ((labels[index] ? 1 : 0) - p) * x[a]!;
        for (let b = 0; b < width; b++) curve[a]![b]! += weight * p * (1 - p) * x[a]! * x[b]!;
      }
    }
    const move = solve(curve, slope);
    beta = beta.map((value, index) => value + (move[index] as number));
  }
  return { bias: beta[0] as number, weights: beta.slice(1) };
}

/** Gaussian elimination with pivots. */
function solve(matrix: number[][], right: number[]): number[] {
  const rows = matrix.map((row, index) => [...row, right[index] as number]);
  for (let column = 0; column < rows.length; column++) {
    let pivot = column;
    for (let row = column + 1; row < rows.length; row++) if (Math.abs(rows[row]![column]!) > Math.abs(rows[pivot]![column]!)) pivot = row;
    [rows[column], rows[pivot]] = [rows[pivot] as number[], rows[column] as number[]];
    for (let row = 0; row < rows.length; row++) {
      if (row === column) continue;
      const factor = rows[row]![column]! / rows[column]![column]!;
      for (let at = column; at <= rows.length; at++) rows[row]![at]! -= factor * rows[column]![at]!;
    }
  }
  return rows.map((row, index) => row.at(-1)! / row[index]!);
}
