const missings: number[][] = [];
const zeroes: number[][] = [];

/** So many missing values. A plain array: one of its own is made per draft, and typed arrays of this size live outside the heap, where each costs more than it holds. */
export function missing(length: number): number[] {
  return (missings[length] ??= blank(length, Number.NaN)).slice();
}

/** So many zeros, in an array like that of {@link missing}. */
export function zeros(length: number): number[] {
  return (zeroes[length] ??= blank(length, 0)).slice();
}

/** Grown by numbers that are no integers, so that the array holds the numbers themselves: in an array of pointers every write would be an allocation. */
function blank(length: number, value: number): number[] {
  const values: number[] = [];
  while (values.length < length) values.push(Number.NaN);
  for (let index = 0; index < length; index++) values[index] = value;
  return values;
}
