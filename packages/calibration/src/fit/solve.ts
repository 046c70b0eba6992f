/** Solves `matrix * x = right` for a symmetric positive definite matrix by Cholesky's factors; the inputs stay as they are. */
export function solveSymmetric(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const n = right.length;
  const lower: number[][] = [];
  for (let row = 0; row < n; row++) {
    const line: number[] = [];
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row]?.[column] ?? 0;
      const other = column === row ? line : (lower[column] ?? []);
      for (let k = 0; k < column; k++) sum -= (line[k] ?? 0) * (other[k] ?? 0);
      // A tiny floor keeps a nearly collinear system solvable instead of giving NaN.
      line.push(row === column ? 0 : sum / (lower[column]?.[column] ?? 1));
      if (row === column) line[column] = Math.sqrt(Math.max(sum, 1e-12));
    }
    lower.push(line);
  }
  const middle: number[] = [];
  for (let row = 0; row < n; row++) {
    let sum = right[row] ?? 0;
    for (let k = 0; k < row; k++) sum -= (lower[row]?.[k] ?? 0) * (middle[k] ?? 0);
    middle.push(sum / (lower[row]?.[row] ?? 1));
  }
  const solution = new Array<number>(n).fill(0);
  for (let row = n - 1; row >= 0; row--) {
    let sum = middle[row] ?? 0;
    for (let k = row + 1; k < n; k++) sum -= (lower[k]?.[row] ?? 0) * (solution[k] ?? 0);
    solution[row] = sum / (lower[row]?.[row] ?? 1);
  }
  return solution;
}
