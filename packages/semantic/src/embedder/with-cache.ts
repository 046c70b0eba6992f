import { type Embedder, InvalidOptionsError } from '@cascadeflow/contract';
import { createTextHash } from './text-hash.ts';
import { parseTexts, throwIfAborted } from './parse-texts.ts';

/** Options of {@link withCache}. */
export interface CacheOptions {
  /** Most bytes of vectors to keep. A vector takes four bytes a dimension. */
  readonly maxBytes?: number;
}

/** Room for about 4,000 vectors of 256 dimensions; chosen by hand. */
export const defaultCacheBytes: number = 4 * 1024 * 1024;

/** Rough cost of an entry besides its vector: key, map slot, array header. */
const ENTRY_BYTES = 120;

/**
 * An embedder that remembers the vectors of texts it has seen, least recently used out first.
 *
 * Keys are 128-bit hashes of the text with a seed drawn per cache, so no text is kept in memory. Each caller gets
 * vectors of its own. A text that appears twice in one call is embedded once.
 */
export function withCache(embedder: Embedder, { maxBytes = defaultCacheBytes }: CacheOptions = {}): Embedder {
  if (!Number.isFinite(maxBytes) || maxBytes < 0) throw new InvalidOptionsError('cache.maxBytes', 'must be a number of bytes, 0 or more');
  const most = Math.floor(maxBytes / (embedder.dimensions * 4 + ENTRY_BYTES));
  const kept = new Map<string, Float32Array>();
  const hash = createTextHash();

  const remember = (key: string, vector: Float32Array): void => {
    kept.delete(key);
    kept.set(key, vector);
    if (kept.size > most) kept.delete(kept.keys().next().value as string);
  };

  return {
    contract: 'v1',
    id: embedder.id,
    dimensions: embedder.dimensions,
    async embed(texts, options) {
      throwIfAborted(options?.signal);
      const keys = parseTexts(texts).map(hash);
      const found = new Map<string, Float32Array>();
      const missing = new Map<string, string>();
      for (const [index, key] of keys.entries()) {
        const vector = kept.get(key);
        if (vector) found.set(key, vector);
        else missing.set(key, texts[index] as string);
      }
      if (missing.size > 0) {
        const vectors = await embedder.embed([...missing.values()], options);
        for (const [index, key] of [...missing.keys()].entries()) found.set(key, vectors[index] as Float32Array);
      }
      for (const [key, vector] of found) remember(key, vector);
      return keys.map((key) => (found.get(key) as Float32Array).slice());
    },
    async close() {
      kept.clear();
      await embedder.close?.();
    },
  };
}
