import { CascadeError, type Embedder, InvalidOptionsError } from '@cascadeflow/contract';
import { closeOnce } from './embedder/close-once.ts';
import { parseTexts, throwIfAborted } from './embedder/parse-texts.ts';
import { toWellFormed } from './embedder/well-formed.ts';
import { toUnit } from './static/to-unit.ts';

/** What transformers.js returns for a batch, as far as it is used here. */
interface Features {
  readonly dims: readonly number[];
  readonly data: ArrayLike<number>;
}

interface Extractor {
  (texts: string[], options: { readonly pooling: string; readonly normalize: boolean }): Promise<Features>;
  dispose?(): Promise<unknown>;
}

/** The module `@huggingface/transformers`, or its old name `@xenova/transformers`, as far as this package uses it. */
export interface TransformersModule {
  // A method, not a property: the library's own signature names its tasks one by one.
  pipeline(task: string, model?: string, options?: object): Promise<unknown>;
  readonly env: object;
}

/** Options of {@link createTransformersEmbedder}. */
export interface TransformersEmbedderOptions {
  /** The imported library; it is no dependency of this package. */
  readonly transformers: TransformersModule;
  /** Name of the model, `Xenova/all-MiniLM-L6-v2`; with `localPath`, the folder below it. */
  readonly model: string;
  /** Weights to load, `fp32`, `q8`, ...; the library's default for the model when absent. */
  readonly dtype?: string;
  /** Folder that holds model folders. */
  readonly localPath?: string;
  /** Whether the library may fetch the model from its hub. */
  readonly allowDownload?: boolean;
  readonly pooling?: 'mean' | 'cls';
  /**
   * Texts that go through the model together. One by one, a text's vector does not depend on its neighbours (weights
   * in int8 scale with the whole batch), and on a CPU larger batches are hardly faster.
   */
  readonly batchSize?: number;
}

/** Characters of a text that are read: more than the 512 tokens that such models take, and the tokenizer is not fast. */
const LONGEST_TEXT = 16_384;

/**
 * Any Hugging Face feature-extraction model through transformers.js.
 *
 * The model is loaded here, once. Without `allowDownload` nothing is fetched. The library keeps its folder settings in
 * one global object; they are set for the time of the load and put back.
 *
 * @throws CascadeError (`invalid-data`) that says where the model was looked for; InvalidOptionsError for a bad option.
 */
export async function createTransformersEmbedder(options: TransformersEmbedderOptions): Promise<Embedder> {
  const { transformers, model, pooling = 'mean', batchSize = 1 } = options;
  if (typeof transformers?.pipeline !== 'function') {
    throw new InvalidOptionsError('transformers', "must be the imported library: npm install @huggingface/transformers, then import * as transformers from '@huggingface/transformers'");
  }
  if (typeof model !== 'string' || model === '') throw new InvalidOptionsError('model', "must be a model's name");
  if (!Number.isInteger(batchSize) || batchSize < 1) throw new InvalidOptionsError('batchSize', 'must be an integer of 1 or more');
  const extractor = await loadExtractor(options);
  const run = async (texts: readonly string[]): Promise<Float32Array[]> => {
    const safe = texts.map((text) => toWellFormed(text.slice(0, LONGEST_TEXT)));
    const { dims, data } = await extractor(safe, { pooling, normalize: true });
    const width = dims.at(-1) ?? 0;
    const all = Float32Array.from(data);
    return texts.map((text, index) => (text.trim() === '' ? new Float32Array(width) : toUnit(all.subarray(index * width, (index + 1) * width))));
  };
  const closing = closeOnce(() => extractor.dispose?.());
  const [probe] = await run(['length']);

  return {
    contract: 'v1',
    id: model,
    dimensions: (probe as Float32Array).length,
    async embed(texts, callOptions) {
      const vectors: Float32Array[] = [];
      for (let from = 0; from < parseTexts(texts).length; from += batchSize) {
        throwIfAborted(callOptions?.signal);
        closing.check();
        vectors.push(...(await run(texts.slice(from, from + batchSize))));
      }
      throwIfAborted(callOptions?.signal);
      return vectors;
    },
    close: closing.close,
  };
}

async function loadExtractor({ transformers, model, dtype, localPath, allowDownload = false }: TransformersEmbedderOptions): Promise<Extractor> {
  const settings = transformers.env as Record<string, unknown>;
  const before = { localModelPath: settings['localModelPath'], allowRemoteModels: settings['allowRemoteModels'], allowLocalModels: settings['allowLocalModels'] };
  try {
    Object.assign(settings, { allowRemoteModels: allowDownload, allowLocalModels: true }, localPath === undefined ? {} : { localModelPath: localPath });
    return (await transformers.pipeline('feature-extraction', model, { local_files_only: !allowDownload, ...(dtype !== undefined && { dtype }) })) as Extractor;
  } catch (cause) {
    const place = localPath === undefined ? 'the cache of transformers.js' : `'${localPath}'`;
    const fix = allowDownload
      ? 'Check the name and the network, or place the files in a folder and pass localPath.'
      : 'Place its files there (config.json, tokenizer.json, onnx/model.onnx), or pass allowDownload: true.';
    throw new CascadeError('invalid-data', `the model '${model}' could not be loaded from ${place}. ${fix}`, { cause });
  } finally {
    Object.assign(settings, before);
  }
}
