import { MissingPackageError } from '@cascadeflow/contract';

/** Imports an optional package once; throws {@link MissingPackageError} with the install command when it is absent. */
export function createLoader<Module>(packageName: string, purpose: string, load: () => Promise<Module>): () => Promise<Module> {
  let loaded: Promise<Module> | undefined;
  return () => {
    loaded ??= load().catch((error: unknown) => {
      loaded = undefined;
      const isAbsent = (error as { code?: unknown } | null)?.code === 'ERR_MODULE_NOT_FOUND' && String((error as Error).message).includes(packageName);
      throw isAbsent ? new MissingPackageError(packageName, purpose, { cause: error }) : error;
    });
    return loaded;
  };
}
