import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, type WorkspacePackage } from '../workspace.ts';

/** A README's runnable snippet: its first fence of TypeScript. */
export interface ReadmeSnippet {
  readonly code: string;
  /** Packages it imports. */
  readonly imports: readonly string[];
}

const FENCE = /^```(?:ts|typescript)\n([\s\S]*?)^```/m;
const IMPORT = /(?:from|import)\s+['"]([^'"]+)['"]/g;
/** For what cannot be run: `<!-- no snippet: workflows run in n8n -->`. */
const EXCUSE = /<!-- no snippet: (.+?) -->/;

/**
 * The snippet of a README's text, or the reason it gives for having none.
 * @throws Error when there is neither.
 */
export function readSnippet(readme: string): ReadmeSnippet | string {
  const code = FENCE.exec(readme)?.[1];
  if (code === undefined) {
    const excuse = EXCUSE.exec(readme)?.[1];
    if (excuse !== undefined) return excuse;
    throw new Error('has no runnable snippet and no `<!-- no snippet: reason -->`');
  }
  const imports = [...code.matchAll(IMPORT)].flatMap(([, specifier = '']) => (/^(?:\.|node:)/.test(specifier) ? [] : [toPackageName(specifier)]));
  return { code, imports: [...new Set(imports)] };
}

function toPackageName(specifier: string): string {
  return specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

/** The snippet of a package. */
export function snippetOf({ folder, manifest }: WorkspacePackage): ReadmeSnippet | string {
  const path = join(ROOT, folder, 'README.md');
  if (!existsSync(path)) throw new Error(`${manifest.name} has no README.md`);
  try {
    return readSnippet(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`${folder}/README.md ${(error as Error).message}`);
  }
}

/** Packages of others that snippets import, with the versions the workspace is tested against. */
export function foreignDependencies(packages: readonly WorkspacePackage[], imports: Iterable<string>): Record<string, string> {
  const versions = Object.assign({}, ...packages.flatMap(({ manifest }) => [manifest.peerDependencies ?? {}, manifest.dependencies ?? {}, manifest.devDependencies ?? {}])) as Record<string, string>;
  const ours = new Set(packages.map(({ manifest }) => manifest.name));
  return Object.fromEntries([...new Set(imports)].filter((name) => !ours.has(name)).sort().map((name) => {
    const version = versions[name];
    if (version === undefined) throw new Error(`a README imports ${name}, which no package of the workspace knows`);
    return [name, version];
  }));
}
