import { CascadeError, InvalidOptionsError } from '@cascadeflow/contract';

/** Bytes of a model, where they are, or a function that fetches them when they are first needed. */
export type ModelSource = Uint8Array | ArrayBuffer | URL | (() => Promise<Uint8Array | ArrayBuffer>);

interface FileSystem {
  readonly readFileSync: (path: URL) => Uint8Array;
}

/** The part of `process` that Node, Bun and Deno share. */
interface RuntimeProcess {
  readonly getBuiltinModule?: (name: string) => unknown;
}

/** The bytes of a model. A `file:` URL is read from disk (Node, Bun, Deno), any other with `fetch`. */
export async function loadModel(source: ModelSource): Promise<Uint8Array> {
  if (source instanceof Uint8Array) return source;
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  if (typeof source === 'function') return loadModel(await source());
  if (source instanceof URL) return source.protocol === 'file:' ? readLocal(source) : download(source);
  throw new InvalidOptionsError('model', 'must be a Uint8Array, an ArrayBuffer, a URL or a function that resolves to bytes');
}

async function readLocal(url: URL): Promise<Uint8Array> {
  // Not an import: bundles for edge runtimes must not name node: modules.
  const files = (globalThis as { process?: RuntimeProcess }).process?.getBuiltinModule?.('node:fs') as FileSystem | undefined;
  if (!files) throw new CascadeError('invalid-data', missingModel('this runtime has no file system'));
  try {
    // At once: the promise version reads in half-megabyte parts, which takes several times as long for this file.
    return files.readFileSync(url);
  } catch (cause) {
    throw new CascadeError('invalid-data', missingModel(`${url.pathname.split('/').at(-1)} could not be read`), { cause });
  }
}

async function download(url: URL): Promise<Uint8Array> {
  const response = await fetch(url);
  if (!response.ok) throw new CascadeError('invalid-data', `the model at ${url.origin} answered with status ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** What to tell when there is no model to load. */
export function missingModel(why: string): string {
  return `the embedding model was not found: ${why}. Hand its bytes to createEmbedder({ model }); they are the file '@cascadeflow/semantic/model.onnx'.`;
}
