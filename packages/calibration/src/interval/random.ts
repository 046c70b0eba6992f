/** Gives numbers from 0 to below 1; the same seed gives the same sequence on every machine. */
export type Random = () => number;

/** A small seeded generator (Marsaglia's xorshift family, 128 bits of state, seeded by a linear congruential spread). Not for secrets. */
export function createRandom(seed: number): Random {
  let spread = seed >>> 0;
  const next = () => {
    spread = (Math.imul(spread, 1664525) + 1013904223) >>> 0;
    return spread;
  };
  let [x, y, z, w] = [next(), next(), next(), next() | 1];
  const draw = () => {
    const t = x ^ (x << 11);
    [x, y, z] = [y, z, w];
    w = (w ^ (w >>> 19) ^ (t ^ (t >>> 8))) >>> 0;
    return w;
  };
  for (let index = 0; index < 16; index++) draw();
  return () => draw() / 0x1_0000_0000;
}

/** A copy in random order. */
export function shuffled<T>(items: readonly T[], random: Random): T[] {
  const result = [...items];
  for (let index = result.length - 1; index > 0; index--) {
    const other = Math.floor(random() * (index + 1));
    const held = result[index] as T;
    result[index] = result[other] as T;
    result[other] = held;
  }
  return result;
}
