import { type Embedder, InvalidOptionsError } from '@cascadeflow/contract';
import { createStaticEmbedder } from './embedder/create-static-embedder.ts';
import { type CacheOptions, withCache } from './embedder/with-cache.ts';
import { loadModel, type ModelSource } from './model-file/load-model.ts';
import { parseStaticModel } from './model-file/static-model.ts';
import { createStaticOnnxEmbedder } from './onnx/create-static-onnx-embedder.ts';
import type { OnnxRuntimeChoice } from './onnx/resolve-runtime.ts';
import { shippedModel } from './shipped-model.ts';

/** Options of {@link createEmbedder}. */
export interface EmbedderOptions {
  /**
   * The model: the shipped one by default, read from disk beside this package at first use. Where there is no file
   * system, hand in the bytes of `@cascadeflow/semantic/model.onnx`, a URL, or a function that fetches them.
   */
  readonly model?: ModelSource;
  /**
   * What computes: this package's own TypeScript by default, which needs nothing installed and is the fastest here; or
   * ONNX Runtime, by package name or handed in. The vectors are the same to five digits.
   */
  readonly runtime?: 'typescript' | OnnxRuntimeChoice;
  /** Vectors kept for texts seen before, least recently used out first; `false` keeps none. */
  readonly cache?: CacheOptions | false;
}

/** Length of the vectors of the shipped model. */
export const shippedDimensions = 256;

/**
 * The embedder that ships with the package: 256 dimensions, English first, no network and no key.
 *
 * Nothing is loaded until the first `embed`; calls that arrive meanwhile share one load, and a load that failed is
 * tried again by the next call. `close` forgets model and cache; a later `embed` loads again.
 *
 * @throws InvalidOptionsError when an option is wrong; by `embed` when the model's bytes are damaged (`model`).
 */
export function createEmbedder({ model, runtime = 'typescript', cache = {} }: EmbedderOptions = {}): Embedder {
  if (runtime === null || !['string', 'object'].includes(typeof runtime)) {
    throw new InvalidOptionsError('runtime', "must be 'typescript', 'onnxruntime-node', 'onnxruntime-web' or the module itself");
  }
  let loading: Promise<Embedder> | undefined;

  const load = async (): Promise<Embedder> => {
    const bytes = await loadModel(model ?? shippedModel());
    const parsed = parseStaticModel(bytes);
    if (parsed.dimensions !== shippedDimensions) {
      throw new InvalidOptionsError('model', `has ${parsed.dimensions} dimensions, expected ${shippedDimensions}`);
    }
    return runtime === 'typescript' ? createStaticEmbedder(embedder.id, parsed) : createStaticOnnxEmbedder(embedder.id, parsed, bytes, runtime);
  };
  const opened = (): Promise<Embedder> => {
    loading ??= load().catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
  const embedder: Embedder = {
    contract: 'v1',
    id: 'cascadeflow-static-256',
    dimensions: shippedDimensions,
    async embed(texts, options) {
      const inner = await opened();
      return inner.embed(texts, options);
    },
    async close() {
      const inner = await loading?.catch(() => undefined);
      loading = undefined;
      await inner?.close?.();
    },
  };
  return cache === false ? embedder : withCache(embedder, cache);
}
