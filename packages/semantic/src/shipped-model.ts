import { CascadeError } from '@cascadeflow/contract';
import { missingModel } from './model-file/load-model.ts';

/**
 * Where the model lies that ships with this package. This file stands at the top of `src`, so that the path holds from
 * `dist` as well. Throws a CascadeError in bundles without `import.meta.url`.
 */
export function shippedModel(): URL {
  try {
    return new URL('../assets/model.onnx', import.meta.url);
  } catch (cause) {
    throw new CascadeError('invalid-data', missingModel('this bundle has no import.meta.url'), { cause });
  }
}
