import { type Embedder, InvalidOptionsError } from '@cascadeflow/contract';
import type { Tokenizer } from '@huggingface/tokenizers';
import { closeOnce } from './embedder/close-once.ts';
import { parseTexts, throwIfAborted } from './embedder/parse-texts.ts';
import { toWellFormed } from './embedder/well-formed.ts';
import { loadModel, type ModelSource } from './model-file/load-model.ts';
import { openSession } from './onnx/open-session.ts';
import { type OnnxRuntimeChoice, resolveOnnxRuntime } from './onnx/resolve-runtime.ts';
import { type Pooling, runBatch } from './onnx/run-batch.ts';

/** Options of {@link createOnnxEmbedder}. */
export interface OnnxEmbedderOptions {
  /** Name for events and traces. */
  readonly id: string;
  readonly model: ModelSource;
  /** Content of the model's `tokenizer.json`, parsed. */
  readonly tokenizer: object;
  /** Content of its `tokenizer_config.json`, parsed; needed by few tokenizers. */
  readonly tokenizerConfig?: object;
  /** By default `onnxruntime-node` when it is installed, else `onnxruntime-web`. */
  readonly runtime?: OnnxRuntimeChoice;
  /** What the model's card says; ignored by models that give one vector a text. */
  readonly pooling?: Pooling;
  /** Texts are cut to this many tokens, the special ones included. */
  readonly maxTokens?: number;
  /**
   * Texts that go through the model together. One by one, a text's vector does not depend on its neighbours (weights
   * in int8 scale with the whole batch), and on a CPU larger batches are hardly faster.
   */
  readonly batchSize?: number;
}

/** More characters than a token has on average in any text worth embedding. */
const CHARACTERS_PER_TOKEN = 32;

/**
 * Any sentence-embedding model in ONNX form, with its own tokenizer, through ONNX Runtime.
 *
 * The model is loaded here, once, and asked for one vector to learn its length. Texts without content give zeros.
 *
 * @throws MissingPackageError when no ONNX Runtime is installed; InvalidOptionsError for a bad option; CascadeError
 *   (`invalid-data`) when the model cannot be loaded.
 */
export async function createOnnxEmbedder(options: OnnxEmbedderOptions): Promise<Embedder> {
  const { id, pooling = 'mean', maxTokens = 256, batchSize = 1 } = options;
  if (typeof id !== 'string' || id === '') throw new InvalidOptionsError('id', 'must be a name');
  if (pooling !== 'mean' && pooling !== 'first') throw new InvalidOptionsError('pooling', "must be 'mean' or 'first'");
  if (!Number.isInteger(maxTokens) || maxTokens < 3) throw new InvalidOptionsError('maxTokens', 'must be an integer of 3 or more');
  if (!Number.isInteger(batchSize) || batchSize < 1) throw new InvalidOptionsError('batchSize', 'must be an integer of 1 or more');
  const tokenizer = await parseTokenizer(options.tokenizer, options.tokenizerConfig);
  const runtime = await resolveOnnxRuntime(options.runtime);
  const session = await openSession(runtime, await loadModel(options.model));

  const toIds = (text: string): number[] => {
    if (text.trim() === '') return [];
    // What lies far beyond the cut need not be tokenized.
    const { ids } = tokenizer.encode(toWellFormed(text.slice(0, maxTokens * CHARACTERS_PER_TOKEN)));
    return ids.length <= maxTokens ? ids : [...ids.slice(0, maxTokens - 1), ids.at(-1) as number];
  };
  const run = (texts: readonly string[]): Promise<Float32Array[]> => runBatch(runtime, session, texts.map(toIds), pooling);
  const closing = closeOnce(() => session.release());
  const [probe] = await run(['length']);

  return {
    contract: 'v1',
    id,
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

async function parseTokenizer(tokenizer: object, config: object = {}): Promise<Tokenizer> {
  // Loaded here, so that users of the shipped model do not wait for it.
  const { Tokenizer } = await import('@huggingface/tokenizers');
  try {
    return new Tokenizer(tokenizer, config);
  } catch (cause) {
    throw new InvalidOptionsError('tokenizer', "must be the parsed content of the model's tokenizer.json", { cause });
  }
}
