import { createRequire } from 'node:module';
import { join } from 'node:path';
import { installPackage, Unavailable } from '@cascadeflow/real/workshop';

/** The program inside one of the packages that npm has for each system. */
function programOf(name: string, packages: readonly string[], path: string): string {
  const found = installPackage(name, '*');
  const { resolve: locate } = createRequire(join(found, 'package.json'));
  for (const one of packages) {
    try {
      return join(locate(`${one}/package.json`), '..', path);
    } catch {
      // Another system's.
    }
  }
  throw new Unavailable(`npm has no ${name} for ${process.platform} ${process.arch}`);
}

/** Bun, as npm brings it. @throws Unavailable where it has none for this system. */
export function findBun(): string {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const arch = process.arch === 'arm64' ? 'aarch64' : process.arch;
  return programOf('bun', [`@oven/bun-${system}-${arch}`], process.platform === 'win32' ? 'bin/bun.exe' : 'bin/bun');
}

/** Deno, as npm brings it. @throws Unavailable where it has none for this system. */
export function findDeno(): string {
  const arch = process.platform === 'linux' ? `${process.arch}-glibc` : process.arch;
  return programOf('deno', [`@deno/${process.platform}-${arch}`], process.platform === 'win32' ? 'deno.exe' : 'deno');
}

/** Packages resolve to their sources. */
export const bunFlags = ['--conditions=@cascadeflow/source'] as const;

/** The same for Deno, which may read and do nothing else unless a caller adds to it. */
export const denoFlags = ['--allow-env', '--allow-read', '--no-check', '--node-modules-dir=manual', '--conditions=@cascadeflow/source'] as const;
