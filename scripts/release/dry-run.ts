/**
 * `pnpm release:dry`: packs every published package, installs the tarballs with npm in an empty project outside the
 * workspace, loads and type-checks them there and runs a quick start. Prints sizes. `--keep` leaves the project behind.
 */
import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readWorkspace, ROOT, type WorkspacePackage } from '../workspace.ts';

const project = mkdtempSync(join(tmpdir(), 'cascadeflow-release-'));
const tarballs = join(project, 'tarballs');
let failures = 0;

function run(program: string, args: readonly string[], cwd: string = project): string {
  return execFileSync(program, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Runs and tells one step. Without an essential one the rest would only repeat its failure. */
function step(name: string, work: () => string | undefined, essential = false): void {
  const start = performance.now();
  try {
    const detail = work();
    console.log(`ok   ${name} (${((performance.now() - start) / 1000).toFixed(1)} s)${detail ? `\n${detail.trimEnd()}` : ''}`);
  } catch (error) {
    failures++;
    const { stdout = '', stderr = '', message = String(error) } = error as { stdout?: string; stderr?: string; message?: string };
    console.log(`FAIL ${name}\n${`${stdout}${stderr}`.trim() || message}`);
    if (essential) process.exit(1);
  }
}

function sizeOf(path: string): number {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  return stat.isDirectory() ? readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0) : stat.size;
}

const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

/** Packs into `tarballs` and gives the path of the tarball. */
function pack({ folder }: WorkspacePackage): string {
  const { filename } = JSON.parse(run('pnpm', ['pack', '--json', '--pack-destination', tarballs], join(ROOT, folder))) as { filename: string };
  return filename;
}

/** Entry points that can be imported by name: everything but data files and package.json. */
function entriesOf({ manifest: { name, exports = {} } }: WorkspacePackage): string[] {
  return Object.keys(exports).filter((path) => !/\.\w+$/.test(path.slice(1))).map((path) => name + path.slice(1));
}

function typecheck(moduleResolution: string, module: string, entries: readonly string[]): string {
  writeFileSync(join(project, 'types.ts'), entries.map((entry, index) => `export * as entry${index} from '${entry}';`).join('\n'));
  const flags = ['--strict', '--noEmit', '--skipLibCheck', '--target', 'es2023', '--module', module, '--moduleResolution', moduleResolution];
  return run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), ...flags, '--types', 'node', 'types.ts']);
}

const published = readWorkspace().filter(({ manifest }) => !manifest.private);
const importable = published.filter(({ folder }) => !existsSync(join(ROOT, folder, 'tsdown.config.ts'))).flatMap(entriesOf);
mkdirSync(tarballs);

step('build', () => void run('pnpm', ['run', 'build'], ROOT), true);
step(`pack ${published.length} packages`, () => {
  const dependencies = Object.fromEntries(published.map((entry) => [entry.manifest.name, `file:${pack(entry)}`]));
  dependencies['@types/node'] = '^24.0.0';
  writeFileSync(join(project, 'package.json'), `${JSON.stringify({ name: 'empty-project', private: true, type: 'module', dependencies }, null, 2)}\n`);
  return published.map(({ manifest }, index) => `       ${manifest.name.padEnd(36)} ${kilobytes(statSync(Object.values(dependencies)[index]?.slice(5) ?? '').size)} packed`).join('\n');
}, true);
step('npm install', () => {
  run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts']);
  const installed = published.map(({ manifest: { name } }) => `       ${name.padEnd(36)} ${kilobytes(sizeOf(join(project, 'node_modules', name)))} installed`);
  return [...installed, `       ${'all, with their dependencies'.padEnd(36)} ${kilobytes(sizeOf(join(project, 'node_modules')))}`].join('\n');
}, true);
step('no source condition is published', () => {
  const named = published.filter(({ manifest: { name } }) => readFileSync(join(project, 'node_modules', name, 'package.json'), 'utf8').includes('@cascadeflow/source'));
  if (named.length > 0) throw new Error(named.map(({ manifest }) => manifest.name).join(', '));
  return undefined;
});
step(`import ${importable.length} entries`, () => void run(process.execPath, ['--input-type=module', '-e', importable.map((entry) => `await import('${entry}');`).join('\n')]));
step(`require ${importable.length} entries`, () => void run(process.execPath, ['--input-type=commonjs', '-e', importable.map((entry) => `require('${entry}');`).join('\n')]));
step('types under node16', () => void typecheck('node16', 'node16', importable));
step('types under bundler', () => void typecheck('bundler', 'esnext', importable));
step('quick start', () => {
  copyFileSync(join(import.meta.dirname, 'quick-start.mjs'), join(project, 'quick-start.mjs'));
  return `       ${run(process.execPath, ['quick-start.mjs'])}`;
});

if (process.argv.includes('--keep')) console.log(`kept in ${project}`);
else rmSync(project, { recursive: true, force: true });
process.exitCode = failures === 0 ? 0 : 1;
