import { CascadeError } from '@cascadeflow/contract';
import type { OnnxRuntime, OnnxSession } from './resolve-runtime.ts';
import { toUnit } from '../static/to-unit.ts';

/** How a model's token vectors become one: their mean, or the first one's. */
export type Pooling = 'mean' | 'first';

/** Runs rows of ids through a session: padded, masked, pooled, normalised. Rows may be empty: their vectors are zeros. */
export async function runBatch(
  runtime: OnnxRuntime,
  session: OnnxSession,
  rows: readonly (readonly number[] | Int32Array)[],
  pooling: Pooling,
): Promise<Float32Array[]> {
  const longest = Math.max(1, ...rows.map((row) => row.length));
  const shape = [rows.length, longest];
  const ids = new BigInt64Array(rows.length * longest);
  const mask = new BigInt64Array(rows.length * longest);
  for (const [index, row] of rows.entries()) {
    for (const [column, id] of row.entries()) {
      ids[index * longest + column] = BigInt(id);
      mask[index * longest + column] = 1n;
    }
  }
  const values: Record<string, BigInt64Array> = { input_ids: ids, attention_mask: mask, token_type_ids: new BigInt64Array(ids.length) };
  const feeds = Object.fromEntries(session.inputNames.map((name) => [name, new runtime.Tensor('int64', inputFor(values, name), shape)]));
  const output = await session.run(feeds);
  const name = session.outputNames.find((one) => one === 'sentence_embedding') ?? session.outputNames[0] ?? '';
  const tensor = output[name];
  if (!tensor || !(tensor.data instanceof Float32Array)) throw new CascadeError('invalid-data', `the model's output '${name}' is not float32`);
  const width = tensor.dims.at(-1) ?? 0;
  return rows.map((row, index) => {
    const data = tensor.data as Float32Array;
    if (row.length === 0) return new Float32Array(width);
    if (tensor.dims.length === 2) return toUnit(data.subarray(index * width, (index + 1) * width));
    const start = index * longest * width;
    return pooling === 'first' ? toUnit(data.subarray(start, start + width)) : meanOf(data, start, row.length, width);
  });
}

function inputFor(values: Record<string, BigInt64Array>, name: string): BigInt64Array {
  const value = values[name];
  if (!value) throw new CascadeError('invalid-data', `the model asks for an input '${name}', which an embedding of text does not have`);
  return value;
}

function meanOf(data: Float32Array, start: number, rows: number, width: number): Float32Array {
  const sum = new Float64Array(width);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < width; column++) sum[column]! += data[start + row * width + column]!;
  }
  return toUnit(sum);
}
