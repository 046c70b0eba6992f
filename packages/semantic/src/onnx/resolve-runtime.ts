import { InvalidOptionsError, MissingPackageError } from '@cascadeflow/contract';

/** A tensor of ONNX Runtime, as far as this package looks at it. */
export interface OnnxTensor {
  readonly dims: readonly number[];
  readonly data: unknown;
}

/** A loaded model of ONNX Runtime, as far as this package uses it. */
export interface OnnxSession {
  readonly inputNames: readonly string[];
  readonly outputNames: readonly string[];
  run(feeds: Record<string, OnnxTensor>): Promise<Record<string, OnnxTensor>>;
  release(): Promise<void>;
}

/** The module `onnxruntime-node` or `onnxruntime-web`, as far as this package uses it. */
export interface OnnxRuntime {
  readonly InferenceSession: { create(model: Uint8Array, options?: object): Promise<OnnxSession> };
  readonly Tensor: new (type: 'int64', data: BigInt64Array, dims: readonly number[]) => OnnxTensor;
}

/** ONNX Runtime by package name, or the imported module (bundlers cannot follow a name). */
export type OnnxRuntimeChoice = 'onnxruntime-node' | 'onnxruntime-web' | OnnxRuntime;

/**
 * The runtime asked for; with none asked for, `onnxruntime-node` when it is installed, else `onnxruntime-web`.
 *
 * @throws MissingPackageError naming the package to install.
 */
export async function resolveOnnxRuntime(choice: OnnxRuntimeChoice | undefined): Promise<OnnxRuntime> {
  if (typeof choice === 'object' && choice !== null) return parseRuntime(choice);
  if (choice === undefined) {
    return importRuntime('onnxruntime-node').catch((error: unknown) => {
      if (!(error instanceof MissingPackageError)) throw error;
      return importRuntime('onnxruntime-web').catch((second: unknown) => {
        throw second instanceof MissingPackageError
          ? new MissingPackageError('onnxruntime-node', 'an ONNX model (onnxruntime-web, the WebAssembly build, serves as well)', { cause: error })
          : second;
      });
    });
  }
  if (choice !== 'onnxruntime-node' && choice !== 'onnxruntime-web') {
    throw new InvalidOptionsError('runtime', "must be 'onnxruntime-node', 'onnxruntime-web' or the imported module");
  }
  return importRuntime(choice);
}

async function importRuntime(name: string): Promise<OnnxRuntime> {
  let module: Record<string, unknown>;
  try {
    module = (await import(/* @vite-ignore */ /* webpackIgnore: true */ name)) as Record<string, unknown>;
  } catch (cause) {
    const code = (cause as { code?: unknown }).code;
    if (code !== undefined && code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw cause;
    throw new MissingPackageError(name, 'an ONNX model', { cause });
  }
  return parseRuntime('InferenceSession' in module ? module : module['default']);
}

function parseRuntime(module: unknown): OnnxRuntime {
  const found = module as Partial<OnnxRuntime> | null | undefined;
  if (typeof found?.InferenceSession?.create !== 'function' || typeof found.Tensor !== 'function') {
    throw new InvalidOptionsError('runtime', 'is not ONNX Runtime: it has no InferenceSession and Tensor');
  }
  return found as OnnxRuntime;
}
