import { toUnit } from '../static/to-unit.ts';

/** Vectors of an OpenAI-style answer in the order of their `index`, length 1 each. Throws a TypeError that says what is wrong. */
export function readEmbeddings(body: unknown, count: number, dimensions: number): Float32Array[] {
  const data = (body as { data?: unknown } | null)?.data;
  if (!Array.isArray(data) || data.length !== count) {
    throw new TypeError(`the answer holds ${Array.isArray(data) ? data.length : 'no'} vectors for ${count} texts`);
  }
  const vectors: (Float32Array | undefined)[] = Array.from({ length: count });
  for (const [position, entry] of (data as { index?: unknown; embedding?: unknown }[]).entries()) {
    const index = typeof entry?.index === 'number' ? entry.index : position;
    const embedding = entry?.embedding;
    if (!Array.isArray(embedding) || !embedding.every((value) => typeof value === 'number' && Number.isFinite(value))) {
      throw new TypeError(`vector ${index} of the answer is not a list of numbers`);
    }
    if (embedding.length !== dimensions) {
      throw new TypeError(`vector ${index} has ${embedding.length} dimensions, but the option 'dimensions' says ${dimensions}`);
    }
    vectors[index] = toUnit(embedding as number[]);
  }
  if (vectors.length !== count || vectors.some((vector) => vector === undefined)) throw new TypeError('the answer numbers its vectors wrongly');
  return vectors as Float32Array[];
}
