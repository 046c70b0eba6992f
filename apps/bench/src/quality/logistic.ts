/** Fits a logistic regression by Newton's method with an L2 penalty on all coefficients but the first, which belongs to the constant input. */
export function fitLogistic(inputs: readonly (readonly number[])[], label: readonly number[], weight: readonly number[], ridge = 3): number[] {
  const size = inputs[0]?.length ?? 0;
  const coefficients = new Float64Array(size);
  for (let round = 0; round < 15; round++) {
    const system = Array.from({ length: size }, () => new Float64Array(size + 1));
    inputs.forEach((row, at) => {
      let score = 0;
      for (let i = 0; i < size; i++) score += (coefficients[i] as number) * (row[i] as number);
      const p = 1 / (1 + Math.exp(-score));
      const slope = (weight[at] as number) * ((label[at] as number) - p);
      const curve = (weight[at] as number) * p * (1 - p) + 1e-9;
      for (let i = 0; i < size; i++) {
        const line = system[i] as Float64Array;
        line[size] = (line[size] as number) + slope * (row[i] as number);
        for (let k = 0; k < size; k++) line[k] = (line[k] as number) + curve * (row[i] as number) * (row[k] as number);
      }
    });
    for (let i = 1; i < size; i++) {
      const line = system[i] as Float64Array;
      line[i] = (line[i] as number) + ridge;
      line[size] = (line[size] as number) - ridge * (coefficients[i] as number);
    }
    solve(system).forEach((step, i) => (coefficients[i] = (coefficients[i] as number) + step));
  }
  return Array.from(coefficients, (value) => Number(value.toPrecision(5)));
}

/** Gaussian elimination with pivoting; the right side is the last column. */
function solve(system: readonly Float64Array[]): number[] {
  const lines = [...system];
  const size = lines.length;
  for (let i = 0; i < size; i++) {
    let pivot = i;
    for (let k = i + 1; k < size; k++) if (Math.abs(lines[k]?.[i] ?? 0) > Math.abs(lines[pivot]?.[i] ?? 0)) pivot = k;
    [lines[i], lines[pivot]] = [lines[pivot] as Float64Array, lines[i] as Float64Array];
    const line = lines[i] as Float64Array;
    for (let k = 0; k < size; k++) {
      const other = lines[k] as Float64Array;
      if (k === i) continue;
      const share = (other[i] as number) / (line[i] as number);
      for (let column = i; column <= size; column++) other[column] = (other[column] as number) - share * (line[column] as number);
    }
  }
  return lines.map((line, i) => (line[size] as number) / (line[i] as number));
}
