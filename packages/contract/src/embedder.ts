import type { CallOptions } from './model.ts';

/** Turns texts into vectors. Holds a session; `close` gives it back. */
export interface Embedder {
  readonly contract: 'v1';
  readonly id: string;
  readonly dimensions: number;
  /** One vector of length 1 per text, in order; the vector of a text without content is all zeros, never NaN. */
  embed(texts: readonly string[], options?: CallOptions): Promise<Float32Array[]>;
  close?(): Promise<void>;
}

/** Cosine of two vectors of length 1, -1 to 1. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let index = 0; index < a.length; index++) sum += (a[index] ?? 0) * (b[index] ?? 0);
  return sum;
}
