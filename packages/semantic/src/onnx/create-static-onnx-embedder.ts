import type { Embedder } from '@cascadeflow/contract';
import { closeOnce } from '../embedder/close-once.ts';
import { parseTexts, throwIfAborted } from '../embedder/parse-texts.ts';
import type { StaticModel } from '../model-file/static-model.ts';
import { PieceBuffer, WordPiece } from '../wordpiece/word-piece.ts';
import { openSession } from './open-session.ts';
import { type OnnxRuntimeChoice, resolveOnnxRuntime } from './resolve-runtime.ts';
import { runBatch } from './run-batch.ts';

/** The static model through ONNX Runtime: the same file and pieces as the TypeScript path, another engine. */
export async function createStaticOnnxEmbedder(id: string, model: StaticModel, bytes: Uint8Array, choice: OnnxRuntimeChoice): Promise<Embedder> {
  const runtime = await resolveOnnxRuntime(choice);
  const session = await openSession(runtime, bytes);
  const closing = closeOnce(() => session.release());
  const pieces = new WordPiece(model.vocabulary, model.unknown);
  return {
    contract: 'v1',
    id,
    dimensions: model.dimensions,
    async embed(texts, options) {
      const vectors: Float32Array[] = [];
      // One text at a time: padding a static model's batch only costs, and memory stays that of the longest text.
      for (const text of parseTexts(texts)) {
        throwIfAborted(options?.signal);
        closing.check();
        const buffer = new PieceBuffer();
        pieces.encode(text, buffer);
        vectors.push(...(await runBatch(runtime, session, [buffer.ids.subarray(0, buffer.length)], 'mean')));
      }
      return vectors;
    },
    close: closing.close,
  };
}
