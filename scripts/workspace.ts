import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

/** The parts of a package.json that the repository's own tools read. */
export interface Manifest {
  name: string;
  version?: string;
  private?: boolean;
  description?: string;
  license?: string;
  keywords?: string[];
  publishConfig?: { access?: string; provenance?: boolean };
  type?: string;
  sideEffects?: boolean;
  files?: string[];
  engines?: Record<string, string>;
  exports?: Record<string, unknown>;
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  devDependencies?: Record<string, string>;
}

/** A workspace package: its folder from the root (`packages/core`), its short name (`core`) and its manifest. */
export interface WorkspacePackage {
  folder: string;
  short: string;
  manifest: Manifest;
}

export const ROOT: string = dirname(import.meta.dirname);

/** All workspace packages, in the order of the tree. */
export function readWorkspace(root: string = ROOT): WorkspacePackage[] {
  return ['packages', 'apps', 'docs/examples'].flatMap((parent) => {
    if (!existsSync(join(root, parent))) return [];
    return readdirSync(join(root, parent))
      .map((short) => ({ folder: `${parent}/${short}`, short, path: join(root, parent, short, 'package.json') }))
      .filter(({ path }) => existsSync(path))
      .map(({ folder, short, path }) => ({ folder, short, manifest: JSON.parse(readFileSync(path, 'utf8')) as Manifest }));
  });
}

/** The TypeScript files under a package's `src`, as paths from the root with `/`. */
export function sourceFiles({ folder }: Pick<WorkspacePackage, 'folder'>, root: string = ROOT): string[] {
  const src = join(root, folder, 'src');
  if (!existsSync(src)) return [];
  return readdirSync(src, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.[cm]?tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
    .sort();
}
