import { seededRandom } from '../random.ts';

/** How fast one reply comes: milliseconds before its first chunk and before each further one. */
export interface StubTiming {
  readonly firstChunkMs: number;
  /** Default 0. A function is asked for each chunk, 1, 2, 3 … */
  readonly chunkMs?: number | ((index: number) => number);
}

/** What a model's speed looks like. */
export interface SpeedProfile {
  readonly seed: number;
  /** Median milliseconds to the first token. */
  readonly firstTokenMs: number;
  /** Median milliseconds per further token. */
  readonly perTokenMs: number;
  /** Spread of the first token: standard deviation of the logarithm. Default 0.4, where p99 is 2.5 times the median; chosen by hand. */
  readonly firstTokenSigma?: number;
  /** Spread per token. Default 0.3; chosen by hand. */
  readonly perTokenSigma?: number;
}

/** Timings drawn one after the other from a model-like distribution: log-normal to the first token and per token, the same for a seed. */
export function modelTiming(profile: SpeedProfile): () => StubTiming {
  const random = seededRandom(profile.seed);
  const { firstTokenMs, perTokenMs, firstTokenSigma = 0.4, perTokenSigma = 0.3 } = profile;
  return () => {
    const tokens = random.fork();
    return {
      firstChunkMs: random.logNormal(firstTokenMs, firstTokenSigma),
      chunkMs: () => tokens.logNormal(perTokenMs, perTokenSigma),
    };
  };
}
