import { existsSync, readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { cosine, type Embedder } from '@cascadeflow/contract';
import { embedderConformance } from '@cascadeflow/testing';
import * as ort from 'onnxruntime-node';
import { describe, expect, it, test } from 'vitest';
import { createEmbedder } from './create-embedder.ts';
import { createOnnxEmbedder } from './create-onnx-embedder.ts';
import { createTransformersEmbedder } from './create-transformers-embedder.ts';

// A real sentence transformer, too large for the repository: model/fetch_teacher.py lays it out here.
const folder = new URL('../node_modules/.cache/cascadeflow-teacher/', import.meta.url);
const teacher = new URL('all-MiniLM-L6-v2/', folder);
const fetched = existsSync(new URL('onnx/model_quantized.onnx', teacher));
const json = (name: string): object => JSON.parse(readFileSync(new URL(name, teacher), 'utf8')) as object;

const openOnnx = (): Promise<Embedder> =>
  createOnnxEmbedder({ id: 'minilm-int8', model: new URL('onnx/model_quantized.onnx', teacher), tokenizer: json('tokenizer.json'), tokenizerConfig: json('tokenizer_config.json') });
const openTransformers = async (): Promise<Embedder> =>
  createTransformersEmbedder({ transformers: await import('@huggingface/transformers'), model: 'all-MiniLM-L6-v2', dtype: 'q8', localPath: folder.pathname });

describe('the shipped model through ONNX Runtime', () => {
  embedderConformance({ describe, it }, { name: 'the shipped model in onnxruntime-node', open: () => createEmbedder({ runtime: ort, cache: false }) });

  embedderConformance({ describe, it }, { name: 'the shipped model in onnxruntime-web', open: () => createEmbedder({ runtime: 'onnxruntime-web', cache: false }) });

  test.each(['onnxruntime-node', 'onnxruntime-web'] as const)('gives the vectors of the TypeScript path: %s', async (runtime) => {
    const texts = ['What is the capital of France?', 'naïve “quotes” 你好 🙂', 'word '.repeat(500), ''];
    const here = await createEmbedder().embed(texts);
    const there = await createEmbedder({ runtime }).embed(texts);
    for (const [index, vector] of here.entries()) {
      for (const [column, value] of vector.entries()) expect(there[index]?.[column]).toBeCloseTo(value, 5);
    }
  });
});

if (fetched) {
  embedderConformance({ describe, it }, { name: 'int8 MiniLM in ONNX Runtime', open: openOnnx });
  embedderConformance({ describe, it }, { name: 'int8 MiniLM in transformers.js', open: openTransformers });

  test('transformers.js and plain ONNX Runtime give the same vectors', async () => {
    const texts = ['The cat sat on the mat.', 'How do I bake bread without yeast?'];
    const [one, other] = await Promise.all([openOnnx(), openTransformers()]);
    const [ours, theirs] = await Promise.all([one.embed([texts[0]!]), other.embed([texts[0]!])]);
    expect(cosine(ours[0]!, theirs[0]!)).toBeGreaterThan(0.999);
    await Promise.all([one.close?.(), other.close?.()]);
  });
} else {
  test.skip('a real int8 MiniLM (skipped: not fetched; run python3 packages/semantic/model/fetch_teacher.py)', () => {});
}

test('a missing model is an error that says where to put it, and the settings of transformers.js are put back', async () => {
  const transformers = await import('@huggingface/transformers');
  const before = { ...transformers.env };
  await expect(createTransformersEmbedder({ transformers, model: 'no-such-model', localPath: '/nonexistent' })).rejects.toThrow(/could not be loaded from '\/nonexistent'.*allowDownload/s);
  expect({ local: transformers.env.localModelPath, remote: transformers.env.allowRemoteModels }).toEqual({ local: before.localModelPath, remote: before.allowRemoteModels });
});

test('names the library when it was not handed in', async () => {
  await expect(createTransformersEmbedder({ transformers: undefined as never, model: 'x' })).rejects.toThrow(/npm install @huggingface\/transformers/);
});

test('a file that is no model is an error, not a crash', async () => {
  const tokenizer = { model: { type: 'WordPiece', vocab: { '[UNK]': 0 }, unk_token: '[UNK]' }, added_tokens: [], normalizer: null, pre_tokenizer: null, post_processor: null, decoder: null };
  await expect(createOnnxEmbedder({ id: 'x', model: new Uint8Array([1, 2, 3]), tokenizer })).rejects.toThrow(/could not load the model/);
  await expect(createOnnxEmbedder({ id: 'x', model: pathToFileURL('/nonexistent.onnx'), tokenizer })).rejects.toThrow(/nonexistent\.onnx could not be read/);
  await expect(createOnnxEmbedder({ id: 'x', model: new Uint8Array(1), tokenizer: {} })).rejects.toThrow(/^tokenizer/);
});
