import { readFields, toText } from './protobuf.ts';

/** A tensor stored in an ONNX file. `dataType` is ONNX's number: 1 float32, 3 int8, 7 int64. */
export interface StoredTensor {
  readonly name: string;
  readonly dataType: number;
  readonly shape: readonly number[];
  /** Little-endian content; a view of the file's bytes. */
  readonly data: Uint8Array;
}

/** What this package reads of an ONNX file: the stored tensors and the metadata, not the operators. */
export interface OnnxFile {
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: ReadonlyMap<string, string>;
}

/** Field numbers of onnx.proto3. */
const fields = { graph: 7, metadata: 14, initializer: 5, shape: 1, dataType: 2, tensorName: 8, rawData: 9 } as const;

/** Reads the tensors and metadata of an ONNX file. Throws a RangeError when the bytes are not one. */
export function readOnnx(file: Uint8Array): OnnxFile {
  const tensors = new Map<string, StoredTensor>();
  const metadata = new Map<string, string>();
  for (const field of readFields(file)) {
    if (field.bytes === undefined) continue;
    if (field.number === fields.metadata) {
      const [key, value] = readEntry(field.bytes);
      metadata.set(key, value);
    } else if (field.number === fields.graph) {
      for (const part of readFields(field.bytes)) {
        if (part.number !== fields.initializer || part.bytes === undefined) continue;
        const tensor = readTensor(part.bytes);
        tensors.set(tensor.name, tensor);
      }
    }
  }
  return { tensors, metadata };
}

function readEntry(bytes: Uint8Array): [string, string] {
  const entry: [string, string] = ['', ''];
  for (const { number, bytes: text } of readFields(bytes)) if (number === 1 || number === 2) entry[number - 1] = toText(text);
  return entry;
}

function readTensor(bytes: Uint8Array): StoredTensor {
  let name = '';
  let dataType = 0;
  let data: Uint8Array = new Uint8Array(0);
  const shape: number[] = [];
  for (const field of readFields(bytes)) {
    if (field.number === fields.shape) shape.push(...(field.bytes ? readPacked(field.bytes) : [field.value ?? 0]));
    else if (field.number === fields.dataType) dataType = field.value ?? 0;
    else if (field.number === fields.tensorName) name = toText(field.bytes);
    else if (field.number === fields.rawData && field.bytes) data = field.bytes;
  }
  return { name, dataType, shape, data };
}

function readPacked(bytes: Uint8Array): number[] {
  const values: number[] = [];
  let value = 0;
  let scale = 1;
  for (const byte of bytes) {
    value += (byte & 0x7f) * scale;
    scale *= 128;
    if (byte >= 0x80) continue;
    values.push(value);
    value = 0;
    scale = 1;
  }
  return values;
}
