import { CascadeError } from '@cascadeflow/contract';
import type { OnnxRuntime, OnnxSession } from './resolve-runtime.ts';

/** Loads a model on one thread, so that embedding does not fight the server for its cores. Throws a CascadeError when the bytes are no model. */
export async function openSession(runtime: OnnxRuntime, model: Uint8Array): Promise<OnnxSession> {
  try {
    return await runtime.InferenceSession.create(model, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  } catch (cause) {
    throw new CascadeError('invalid-data', 'ONNX Runtime could not load the model; its own error is the cause', { cause });
  }
}
