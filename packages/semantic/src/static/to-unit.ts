/** Below this squared length a vector counts as having none. */
const LEAST_SQUARE = 1e-24;

/** The vector with length 1; all zeros when it has no length or holds what is not a number. */
export function toUnit(vector: ArrayLike<number>): Float32Array {
  let square = 0;
  for (let column = 0; column < vector.length; column++) square += vector[column]! * vector[column]!;
  const unit = new Float32Array(vector.length);
  if (!(square > LEAST_SQUARE) || !Number.isFinite(square)) return unit;
  const factor = 1 / Math.sqrt(square);
  for (let column = 0; column < vector.length; column++) unit[column] = vector[column]! * factor;
  return unit;
}
