/**
 * `pnpm release:dry`: packs every published package and uses the tarballs as a stranger would, in empty projects outside the
 * workspace: install with npm, import, require, types, every README's snippet, a new user's first minute. Prints sizes.
 * `--keep` leaves the projects behind.
 */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readWorkspace, ROOT, type WorkspacePackage } from '../workspace.ts';
import { kilobytes, pack, run, sizeOf, startStubServer, typecheck, writeManifest } from './project.ts';
import { foreignDependencies, snippetOf } from './readme-snippet.ts';
import { walkAsNewUser } from './new-user.ts';

const folder = mkdtempSync(join(tmpdir(), 'cascadeflow-release-'));
const project = join(folder, 'everything');
const tarballs = join(folder, 'tarballs');
let failures = 0;

/** Runs and tells one step. Without an essential one the rest would only repeat its failure. */
function step(name: string, work: () => string | undefined | void, essential = false): void {
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

/** Entry points that can be imported by name: everything but data files and package.json. */
function entriesOf({ manifest: { name, exports = {} } }: WorkspacePackage): string[] {
  return Object.keys(exports).filter((path) => !/\.\w+$/.test(path.slice(1))).map((path) => name + path.slice(1));
}

const published = readWorkspace().filter(({ manifest }) => !manifest.private);
const importable = published.filter(({ folder: path }) => !existsSync(join(ROOT, path, 'tsdown.config.ts'))).flatMap(entriesOf);
const packed: Record<string, string> = {};
const line = (name: string, text: string) => `       ${name.padEnd(36)} ${text}`;
mkdirSync(tarballs);
mkdirSync(project);

step('build', () => void run('pnpm', ['run', 'build'], ROOT), true);
step(`pack ${published.length} packages`, () => {
  for (const entry of published) packed[entry.manifest.name] = pack(entry, tarballs);
  return Object.entries(packed).map(([name, path]) => line(name, `${kilobytes(statSync(path).size)} packed`)).join('\n');
}, true);

const snippets = published.flatMap((entry) => {
  try {
    const found = snippetOf(entry);
    if (typeof found === 'object') return [{ ...found, short: entry.short }];
    console.log(`     ${entry.manifest.name}: no snippet, ${found}`);
  } catch (error) {
    step(`a snippet in the README of ${entry.manifest.name}`, () => {
      throw error;
    });
  }
  return [];
});
step('npm install', () => {
  const files = Object.fromEntries(Object.entries(packed).map(([name, path]) => [name, `file:${path}`]));
  writeManifest(project, { ...files, ...foreignDependencies(readWorkspace(), snippets.flatMap(({ imports }) => imports)), '@types/node': '^24.0.0' });
  run('npm', ['install', '--no-audit', '--no-fund', '--prefer-offline', '--ignore-scripts'], project);
  const installed = published.map(({ manifest: { name } }) => line(name, `${kilobytes(sizeOf(join(project, 'node_modules', name)))} installed`));
  return [...installed, line('all, with everything snippets need', kilobytes(sizeOf(join(project, 'node_modules'))))].join('\n');
}, true);
step('no source condition is published', () => {
  const named = published.filter(({ manifest: { name } }) => readFileSync(join(project, 'node_modules', name, 'package.json'), 'utf8').includes('@cascadeflow/source'));
  if (named.length > 0) throw new Error(named.map(({ manifest }) => manifest.name).join(', '));
});
const node = (...args: string[]) => run(process.execPath, args, project);
step(`import ${importable.length} entries`, () => void node('--input-type=module', '-e', importable.map((entry) => `await import('${entry}');`).join('\n')));
step(`require ${importable.length} entries`, () => void node('--input-type=commonjs', '-e', importable.map((entry) => `require('${entry}');`).join('\n')));

const allTypes = importable.map((entry, index) => `export * as entry${index} from '${entry}';`).join('\n');
for (const name of ['types.ts', 'types.cts']) writeFileSync(join(project, name), allTypes);
step('types under node16', () => typecheck(project, 'node16', 'node16', ['types.ts']));
step('types under bundler', () => typecheck(project, 'esnext', 'bundler', ['types.ts']));
step('types of require(esm)', () => typecheck(project, 'nodenext', 'nodenext', ['types.cts']));

for (const file of ['stub-server.mjs', 'stand-in.mjs', 'quick-start.cjs']) copyFileSync(join(import.meta.dirname, file), join(project, file));
for (const { short, code } of snippets) writeFileSync(join(project, `${short}.ts`), code);
step(`types of ${snippets.length} README snippets`, () => typecheck(project, 'nodenext', 'nodenext', ['--allowImportingTsExtensions', ...snippets.map(({ short }) => `${short}.ts`)]));

const { url, child } = await startStubServer(project);
const env = { ...process.env, STUB_URL: url, NODE_NO_WARNINGS: '1' };
for (const { short } of snippets) {
  step(`README of ${short}`, () => {
    if (run(process.execPath, ['--import', './stand-in.mjs', `${short}.ts`], project, env).trim() === '') throw new Error('it printed nothing');
  });
}
step('quick start in CommonJS', () => line('', run(process.execPath, ['--require', './stand-in.mjs', 'quick-start.cjs'], project, env)));
step('a new user\'s first minute', () => walkAsNewUser({ folder: join(folder, 'new-user'), packed, standIn: join(project, 'stand-in.mjs'), env }));
child.kill();

if (process.argv.includes('--keep')) console.log(`kept in ${folder}`);
else rmSync(folder, { recursive: true, force: true });
console.log(failures === 0 ? 'Ready to release.' : `${failures} failed.`);
process.exitCode = failures === 0 ? 0 : 1;
