import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { defineConfig, type UserConfig } from 'tsdown';
import { RUNTIME_NEUTRAL } from './scripts/architecture/arrows.ts';

interface Manifest {
  private?: boolean;
  exports?: Record<string, string | { default?: string }>;
  bin?: Record<string, string>;
}

type Target = NonNullable<Manifest['exports']>[string];

/** `./dist/x.js` gives `x`; anything else (data, package.json) is not built and gives nothing. */
function builtName(target: Target): string | undefined {
  return /^(?:\.\/)?dist\/(.+)\.js$/.exec((typeof target === 'string' ? target : target.default) ?? '')?.[1];
}

/** Every `./dist/x.js` that a manifest promises is built from `./src/x.ts`. */
function entriesOf({ exports = {}, bin = {} }: Manifest): Record<string, string> {
  const names = [...Object.values(exports), ...Object.values(bin)].flatMap((target) => builtName(target) ?? []);
  return Object.fromEntries(names.map((name) => [name, `src/${name}.ts`]));
}

/** Exports without types: data files that a package hands out as they are. */
function assetsOf({ exports = {} }: Manifest): string[] {
  return Object.keys(exports).filter((path) => builtName(exports[path] as Target) === undefined);
}

const packages = readdirSync('packages')
  .map((name) => ({ name, cwd: `packages/${name}` }))
  .filter(({ cwd }) => existsSync(`${cwd}/package.json`))
  .map((folder) => ({ ...folder, manifest: JSON.parse(readFileSync(`${folder.cwd}/package.json`, 'utf8')) as Manifest }));

/** One build for all packages. A package that needs another form (the n8n bundle is CommonJS) has a tsdown.config.ts of its own. */
export default defineConfig(
  packages.map(({ name, cwd, manifest }): UserConfig => {
    if (existsSync(`${cwd}/tsdown.config.ts`)) return { workspace: [cwd] };
    return {
      name,
      cwd,
      entry: entriesOf(manifest),
      format: 'esm',
      target: 'node20',
      platform: RUNTIME_NEUTRAL.includes(name) ? 'neutral' : 'node',
      checks: { pluginTimings: false },
      fixedExtension: false,
      hash: false, // a chunk loaded later (a table of weights) keeps its name, so that size-limit can tell it from code
      dts: true,
      sourcemap: false,
      report: false,
      failOnWarn: true,
      publint: { strict: true },
      // The command serves the dashboard's page from beside itself.
      ...(name === 'cascadeflow' && { onSuccess: async () => (await import('./apps/gateway/src/build-page.ts')).buildPage() }),
      attw: { profile: 'esm-only', level: 'error', excludeEntrypoints: assetsOf(manifest) },
    };
  }),
);
