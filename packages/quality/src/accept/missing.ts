const blanks: number[][] = [];

/** So many missing values. A plain array: one of its own is made per draft, and typed arrays of this size live outside the heap, where each costs more than it holds. */
export function missing(length: number): number[] {
  return (blanks[length] ??= Array.from<number>({ length }).fill(Number.NaN)).slice();
}
