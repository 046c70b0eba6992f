import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { cosine, CascadeError, InvalidOptionsError } from '@cascadeflow/contract';
import { embedderConformance } from '@cascadeflow/testing';
import { afterEach, describe, expect, it, test, vi } from 'vitest';
import { createEmbedder } from './create-embedder.ts';

const file = new Uint8Array(readFileSync(new URL('../assets/model.onnx', import.meta.url)));

afterEach(() => vi.unstubAllGlobals());

embedderConformance({ describe, it }, { name: 'the shipped embedder', open: () => createEmbedder() });
embedderConformance({ describe, it }, { name: 'the shipped embedder without a cache', open: () => createEmbedder({ cache: false, model: file }) });

async function similarity(a: string, b: string): Promise<number> {
  const [one, other] = await createEmbedder({ model: file }).embed([a, b]);
  return cosine(one as Float32Array, other as Float32Array);
}

test('knows that a question is nearer to its answer than to another', async () => {
  const question = 'Why do leaves change colour in autumn?';
  const own = await similarity(question, 'Chlorophyll breaks down as days get shorter, so the yellow and red pigments in the foliage show.');
  const other = await similarity(question, 'The central bank raised interest rates to slow inflation.');
  expect(own).toBeGreaterThan(other + 0.2);
});

test('takes a text of a million characters, null bytes and lone surrogates', async () => {
  const texts = ['the cat sat '.repeat(87_000), 'null\u0000byte', '\ud800 lone \udfff', '\u0000', '字'.repeat(300_000), '🙂'];
  const vectors = await createEmbedder().embed(texts);
  for (const vector of vectors) expect(vector.every((value) => Number.isFinite(value))).toBe(true);
  expect(vectors.map((vector) => Math.round(Math.hypot(...vector)))).toEqual([1, 1, 1, 0, 1, 1]);
});

test('a long text has the direction of what it repeats', async () => {
  expect(await similarity('The cat sat on the mat. '.repeat(20_000), 'The cat sat on the mat.')).toBeGreaterThan(0.9999);
});

test('loads once, however many ask at the same time, and again after close', async () => {
  const model = vi.fn(async () => file);
  const embedder = createEmbedder({ model });
  expect(model).not.toHaveBeenCalled();
  await Promise.all([embedder.embed(['a']), embedder.embed(['b']), embedder.embed(['c'])]);
  expect(model).toHaveBeenCalledTimes(1);
  await embedder.close?.();
  await embedder.embed(['a']);
  expect(model).toHaveBeenCalledTimes(2);
});

test('tries again after a load that failed', async () => {
  const model = vi.fn(async () => file);
  model.mockRejectedValueOnce(new Error('disk on fire'));
  const embedder = createEmbedder({ model });
  await expect(embedder.embed(['a'])).rejects.toThrow('disk on fire');
  expect(await embedder.embed(['a'])).toHaveLength(1);
});

test('embeds without fetch', async () => {
  vi.stubGlobal('fetch', () => {
    throw new Error('no network here');
  });
  expect(await createEmbedder().embed(['offline'])).toHaveLength(1);
});

test('says what to do where there is no file system', async () => {
  vi.spyOn(process, 'getBuiltinModule').mockReturnValueOnce(undefined as never);
  await expect(createEmbedder().embed(['a'])).rejects.toThrow(/hand its bytes|Hand its bytes to createEmbedder\(\{ model \}\)/);
});

test('works in a worker thread', async () => {
  const source = new URL('./create-embedder.ts', import.meta.url).href;
  const code = `import(${JSON.stringify(source)}).then(async ({ createEmbedder }) => {
    const [vector] = await createEmbedder().embed(['a worker thread']);
    require('node:worker_threads').parentPort.postMessage(vector);
  })`;
  const worker = new Worker(code, { eval: true, execArgv: ['--conditions=@cascadeflow/source'] });
  const vector = await new Promise<Float32Array>((resolve, reject) => worker.once('message', resolve).once('error', reject));
  await worker.terminate();
  const [here] = await createEmbedder().embed(['a worker thread']);
  expect(vector).toEqual(here);
});

describe('a damaged model file', () => {
  const damage = (change: (bytes: Uint8Array) => Uint8Array): Promise<unknown> =>
    createEmbedder({ model: change(file.slice()) }).embed(['a']).catch((error: unknown) => error);

  test.each<[string, (bytes: Uint8Array) => Uint8Array]>([
    ['is empty', () => new Uint8Array(0)],
    ['is not ONNX', () => new TextEncoder().encode('<!doctype html><title>Not found</title>'.repeat(50))],
    ['is cut', (bytes) => bytes.subarray(0, 4_000_000)],
    ['has a flipped weight', (bytes) => bytes.fill(99, 3_000_000, 3_000_001)],
    ['is full of zeros', (bytes) => bytes.fill(0)],
    ['has lost its head', (bytes) => bytes.fill(255, 0, 64)],
  ])('%s: a clear error', async (_name, change) => {
    const error = await damage(change);
    expect(error).toBeInstanceOf(InvalidOptionsError);
    expect((error as InvalidOptionsError).path).toBe('model');
    expect((error as Error).message).toMatch(/model file cannot be used/);
  });
});

test('names a bad option', async () => {
  expect(() => createEmbedder({ runtime: 7 as never })).toThrow(/runtime/);
  expect(() => createEmbedder({ cache: { maxBytes: -1 } })).toThrow(/cache\.maxBytes/);
  await expect(createEmbedder({ model: 'model.onnx' as never }).embed(['a'])).rejects.toThrow(/^model: must be/);
  await expect(createEmbedder().embed('text' as never)).rejects.toThrow(/^texts: must be an array/);
  await expect(createEmbedder().embed(['a', 7 as never])).rejects.toThrow(/^texts\[1\]/);
  await expect(createEmbedder({ model: new URL('./none.onnx', import.meta.url) }).embed(['a'])).rejects.toBeInstanceOf(CascadeError);
});

test('stops a batch when the signal fires midway', async () => {
  const controller = new AbortController();
  const embedder = createEmbedder({ model: file, cache: false });
  await embedder.embed(['warm']);
  const texts = Array.from({ length: 4000 }, () => 'one two three four five '.repeat(40));
  setTimeout(() => controller.abort(), 1);
  await expect(embedder.embed(texts, { signal: controller.signal })).rejects.toMatchObject({ code: 'aborted' });
});
