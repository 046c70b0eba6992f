/** Solves ridge regression by normal equations and Cholesky. Rows carry weights; the first column is the bias and is not penalised. */
export function fitRidge(rows: readonly (readonly number[])[], targets: readonly number[], weights: readonly number[], penalty: number): number[] {
  const size = rows[0]?.length ?? 0;
  const matrix = Array.from({ length: size }, () => new Float64Array(size));
  const right = new Float64Array(size);
  const places = new Uint16Array(size);
  rows.forEach((row, at) => {
    const weight = weights[at]!;
    if (weight === 0) return;
    let filled = 0;
    for (let i = 0; i < size; i++) {
      if (row[i] === 0) continue;
      places[filled++] = i;
      const scaled = row[i]! * weight;
      right[i]! += scaled * targets[at]!;
      const line = matrix[i]!;
      for (let index = 0; index < filled; index++) line[places[index]!]! += scaled * row[places[index]!]!;
    }
  });
  for (let i = 0; i < size; i++) matrix[i]![i]! += i === 0 ? 1e-9 : penalty;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i]![j]!;
      for (let k = 0; k < j; k++) sum -= matrix[i]![k]! * matrix[j]![k]!;
      matrix[i]![j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / matrix[j]![j]!;
    }
  }
  const solution = new Array<number>(size).fill(0);
  for (let i = 0; i < size; i++) {
    let sum = right[i]!;
    for (let k = 0; k < i; k++) sum -= matrix[i]![k]! * solution[k]!;
    solution[i] = sum / matrix[i]![i]!;
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = solution[i]!;
    for (let k = i + 1; k < size; k++) sum -= matrix[k]![i]! * solution[k]!;
    solution[i] = sum / matrix[i]![i]!;
  }
  return solution;
}
