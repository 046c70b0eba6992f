import assert from 'node:assert/strict';
import { cosine, type Embedder } from '@cascadeflow/contract';
import { type ConformanceCheck, deepFreeze, runSuite, type Skips, type TestRunner } from './suite.ts';

type OpenEmbedder = () => Embedder | Promise<Embedder>;

/** How far a vector's length may be from 1, and a vector from its twin of another batch: room for 8-bit weights and padding. */
const tolerance = 1e-3;

const texts: readonly string[] = deepFreeze(['The cat sat on the mat.', 'A cat is sitting on a mat.', 'Interest rates rose again in March.', '你好，世界', '🙂']);

async function using(open: OpenEmbedder, use: (embedder: Embedder) => Promise<void>): Promise<void> {
  const embedder = await open();
  try {
    await use(embedder);
  } finally {
    await embedder.close?.();
  }
}

function check(promise: string, use: (embedder: Embedder) => Promise<void>): ConformanceCheck<OpenEmbedder> {
  return { promise, run: (open) => using(open, use) };
}

function assertVector(vector: Float32Array | undefined, embedder: Embedder, what: string): void {
  assert.ok(vector instanceof Float32Array, `${what}: must be a Float32Array`);
  assert.equal(vector.length, embedder.dimensions, `${what}: dimensions`);
  assert.ok(vector.every((value) => Number.isFinite(value)), `${what}: every number must be finite`);
}

const checks = {
  identity: check('says its contract, id and dimensions', async (embedder) => {
    assert.equal(embedder.contract, 'v1');
    assert.ok(embedder.id !== '');
    assert.ok(Number.isInteger(embedder.dimensions) && embedder.dimensions > 0, 'dimensions must be a whole number above 0');
  }),
  unit: check('gives one vector of length 1 per text', async (embedder) => {
    const vectors = await embedder.embed(texts);
    assert.equal(vectors.length, texts.length);
    for (const [index, vector] of vectors.entries()) {
      assertVector(vector, embedder, texts[index]!);
      assert.ok(Math.abs(Math.hypot(...vector) - 1) < tolerance, `${texts[index]}: length must be 1`);
    }
  }),
  empty: check('gives zeros for a text without content, and nothing for no texts', async (embedder) => {
    for (const vector of await embedder.embed(['', ' \n\t'])) {
      assertVector(vector, embedder, 'a blank text');
      assert.ok(vector.every((value) => value === 0), 'a blank text is all zeros');
    }
    assert.deepEqual(await embedder.embed([]), []);
  }),
  order: check('keeps the order, and gives a text the same vector alone as in a batch', async (embedder) => {
    const together = await embedder.embed([...texts, '']);
    for (const [index, text] of texts.entries()) {
      const [alone] = await embedder.embed([text]);
      assert.ok(cosine(alone!, together[index]!) > 1 - tolerance, `${text}: differs between batch and alone`);
    }
  }),
  meaning: check('puts texts about one thing nearer than texts about two', async (embedder) => {
    const [cat, kitten, rates] = await embedder.embed(texts);
    assert.ok(cosine(cat!, kitten!) > cosine(cat!, rates!), 'two sentences about a cat must be nearer than a cat and interest rates');
  }),
  strange: check('takes very long and broken texts', async (embedder) => {
    for (const vector of await embedder.embed(['word '.repeat(50_000), '\ud800', '\u0000', 'x'.repeat(20_000)])) assertVector(vector, embedder, 'a strange text');
  }),
  concurrent: check('answers many at once without mixing them', async (embedder) => {
    const [expected] = await embedder.embed([texts[2]!]);
    const many = await Promise.all(Array.from({ length: 12 }, (_, index) => embedder.embed([texts[index % texts.length]!])));
    assert.ok(cosine(many[2]![0]!, expected!) > 1 - tolerance);
    assert.ok(cosine(many[7]![0]!, expected!) > 1 - tolerance);
  }),
  abort: check('rejects when the signal has fired', async (embedder) => {
    await assert.rejects(embedder.embed(texts, { signal: AbortSignal.abort() }));
  }),
  close: {
    promise: 'may be closed twice',
    async run(open) {
      const embedder = await open();
      await embedder.embed(['warm']);
      await embedder.close?.();
      await embedder.close?.();
    },
  },
} satisfies { readonly [check: string]: ConformanceCheck<OpenEmbedder> };

/** Names of the checks on an embedder. */
export type EmbedderCheck = keyof typeof checks;

/** Tests that an embedder keeps the contract: unit vectors in order, zeros for blank texts, never NaN. `open` may return one shared session. */
export function embedderConformance(
  runner: TestRunner,
  options: { readonly name: string; readonly open: OpenEmbedder; readonly skip?: Skips<EmbedderCheck> },
): void {
  runSuite<OpenEmbedder, EmbedderCheck>(runner, `${options.name} keeps the embedder contract`, checks, options.open, options.skip);
}
