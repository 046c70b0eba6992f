/** A stream of pseudo-random numbers that a seed repeats exactly, on every platform. Not for secrets. */
export interface SeededRandom {
  /** Uniform in [0, 1). */
  next(): number;
  /** Uniform whole number, both ends included. */
  integer(low: number, high: number): number;
  /** True with this probability. */
  chance(probability: number): boolean;
  /** One of the items, each as likely. Throws a RangeError on an empty list. */
  pick<Item>(items: readonly Item[]): Item;
  /** Normal with mean 0 and standard deviation 1 (Box and Muller 1958). */
  normal(): number;
  /** Log-normal with this median; `sigma` is the standard deviation of the logarithm. */
  logNormal(median: number, sigma: number): number;
  /** An independent stream, so that drawing more from one leaves the others as they were. */
  fork(): SeededRandom;
}

const unit = 2 ** -32;
/** Rounds thrown away so that near seeds give far streams; the author of sfc32 recommends 12 or more. */
const warmUp = 15;

/** Random numbers repeated by `seed`, any finite number. Generator: sfc32 (Doty-Humphrey, PractRand). */
export function seededRandom(seed: number): SeededRandom {
  let a = 0x9e3779b9;
  let b = seed >>> 0;
  let c = Math.floor(seed * unit) >>> 0;
  let counter = 1;

  const word = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return sum >>> 0;
  };
  for (let round = 0; round < warmUp; round++) word();

  const next = (): number => word() * unit;
  const integer = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());

  return {
    next,
    integer,
    normal,
    chance: (probability) => next() < probability,
    pick: (items) => {
      if (items.length === 0) throw new RangeError('pick: the list is empty');
      return items[integer(0, items.length - 1)]!;
    },
    logNormal: (median, sigma) => median * Math.exp(sigma * normal()),
    fork: () => seededRandom(word()),
  };
}
