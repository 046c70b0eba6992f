import { MissingPackageError } from '@cascadeflow/contract';

/**
 * Imports a package that only some configurations need.
 * @throws MissingPackageError naming it, and the field that asked for it.
 */
export async function loadPackage<Module>(name: string, field: string, open: () => Promise<Module>): Promise<Module> {
  try {
    return await open();
  } catch (cause) {
    throw new MissingPackageError(name, field, { cause });
  }
}
