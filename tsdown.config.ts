import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { defineConfig, type UserConfig } from 'tsdown';

interface Manifest {
  private?: boolean;
  exports?: Record<string, string | { default?: string }>;
  bin?: Record<string, string>;
}

/** Every `./dist/x.js` that a manifest promises is built from `./src/x.ts`. */
function entriesOf({ exports = {}, bin = {} }: Manifest): Record<string, string> {
  const promised = [...Object.values(exports).map((target) => (typeof target === 'string' ? target : target.default)), ...Object.values(bin)];
  const names = promised.flatMap((path) => /^(?:\.\/)?dist\/(.+)\.js$/.exec(path ?? '')?.[1] ?? []);
  return Object.fromEntries(names.map((name) => [name, `src/${name}.ts`]));
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
      platform: 'neutral',
      fixedExtension: false,
      dts: true,
      sourcemap: false,
      report: false,
      failOnWarn: true,
      publint: { strict: true },
      attw: { profile: 'esm-only', level: 'error' },
    };
  }),
);
