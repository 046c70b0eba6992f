import { cosine, type CallOptions, type Embedder } from '@cascadeflow/contract';
import { keyStems, stemsOf } from '../text/key-words.ts';
import { splitChunks } from '../text/split-chunks.ts';

/** What is compared between a request and a draft; each is 0 when there is nothing to compare. */
export interface AlignmentMeasures {
  /** Cosine of the whole request and the whole draft. */
  readonly whole: number;
  /** Highest cosine of any part of the request with any part of the draft. */
  readonly best: number;
  /** Share of the request's key words that the draft uses, 0 to 1. */
  readonly coverage: number;
  /** Share of the draft's key words that come from the request, 0 to 1. */
  readonly echo: number;
}

/** Compares request and draft without judging. One call of the embedder. */
export async function measureAlignment(request: string, draft: string, embedder: Embedder, options?: CallOptions): Promise<AlignmentMeasures> {
  const asked = splitChunks(request);
  const told = splitChunks(draft);
  const vectors = await embedder.embed([request, draft, ...asked, ...told], options);
  const [whole, other, ...parts] = vectors as [Float32Array, Float32Array, ...Float32Array[]];
  let best = 0;
  for (const one of parts.slice(0, asked.length)) {
    for (const another of parts.slice(asked.length)) best = Math.max(best, cosine(one, another));
  }
  return {
    whole: cosine(whole, other),
    best,
    coverage: share(keyStems(request), stemsOf(draft)),
    echo: share(keyStems(draft), stemsOf(request)),
  };
}

function share(stems: readonly string[], within: ReadonlySet<string>): number {
  return stems.length === 0 ? 0 : stems.filter((stem) => within.has(stem)).length / stems.length;
}
