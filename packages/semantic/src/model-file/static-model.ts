import { InvalidOptionsError } from '@cascadeflow/contract';
import { readOnnx, type OnnxFile, type StoredTensor } from './read-onnx.ts';
import { Vocabulary } from '../wordpiece/vocabulary.ts';

/** Written into the file by `model/export.py`; another value is another layout. */
const FORMAT = 'cascadeflow-static-v1';
/** Numbers of ONNX's TensorProto.DataType. */
const FLOAT32 = 1;
const INT8 = 3;

/** A static embedding model in memory: a row of int8 weights and a scale for each word piece. */
export interface StaticModel {
  readonly dimensions: number;
  readonly vocabulary: Vocabulary;
  /** Id of the piece that stands for unknown words. */
  readonly unknown: number;
  /** `vocabulary.size` rows of `dimensions` weights; a view of the file's bytes. */
  readonly table: Int8Array;
  /** What each row is multiplied by. */
  readonly scales: Float32Array;
}

/**
 * Reads the bytes of a static model file and checks them: layout, shapes, scales, checksum of the weights.
 *
 * @throws InvalidOptionsError with path `model` when the bytes are damaged or are another kind of file.
 */
export function parseStaticModel(file: Uint8Array): StaticModel {
  const onnx = openFile(file);
  if (onnx.metadata.get('format') !== FORMAT) throw damaged(`it is not a ${FORMAT} file; for other ONNX models use createOnnxEmbedder`);
  const table = tensor(onnx, 'table', INT8, 2);
  const scale = tensor(onnx, 'scale', FLOAT32, 1);
  const [rows = 0, dimensions = 0] = table.shape;
  const pieces = onnx.metadata.get('vocabulary') ?? '';
  const vocabulary = new Vocabulary(pieces);
  if (rows === 0 || vocabulary.size !== rows || scale.shape[0] !== rows) {
    throw damaged(`its table has ${rows} rows, its vocabulary ${vocabulary.size} pieces, its scales ${scale.shape[0] ?? 0} numbers`);
  }
  if (String(checksum(table.data)) !== onnx.metadata.get('checksum')) throw damaged('the checksum of its weights is wrong');
  const scales = new Float32Array(new Uint8Array(scale.data).buffer);
  if (!scales.every((value) => value >= 0 && value < 1e6)) throw damaged('it holds a scale that is not a number');
  const weights = new Int8Array(table.data.buffer, table.data.byteOffset, table.data.byteLength);
  return { dimensions, vocabulary, unknown: unknownPiece(pieces), table: weights, scales };
}

function openFile(file: Uint8Array): OnnxFile {
  try {
    return readOnnx(file);
  } catch (cause) {
    throw damaged('it is not a whole ONNX file', cause);
  }
}

function tensor(onnx: OnnxFile, name: string, dataType: number, rank: number): StoredTensor {
  const found = onnx.tensors.get(name);
  if (!found) throw damaged(`the tensor '${name}' is missing`);
  const bytes = found.shape.reduce((product, size) => product * size, dataType === FLOAT32 ? 4 : 1);
  if (found.dataType !== dataType || found.shape.length !== rank || found.data.byteLength !== bytes) {
    throw damaged(`the tensor '${name}' has an unexpected type or size`);
  }
  return found;
}

/** The same sums as `checksum` in `model/export.py`. */
function checksum(data: Uint8Array): number {
  const aligned = data.byteOffset % 4 === 0 ? data : new Uint8Array(data);
  const words = new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength >>> 2);
  let first = 0;
  let second = 0;
  for (let index = 0; index < words.length; index++) {
    first = (first + words[index]!) | 0;
    second = (second + first) | 0;
  }
  return (first ^ second) >>> 0;
}

function unknownPiece(vocabulary: string): number {
  const id = vocabulary.split('\n', 1000).indexOf('[UNK]');
  if (id === -1) throw damaged('its vocabulary has no [UNK]');
  return id;
}

function damaged(what: string, cause?: unknown): InvalidOptionsError {
  return new InvalidOptionsError('model', `the model file cannot be used: ${what}`, { cause });
}
