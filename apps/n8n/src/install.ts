import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { Unavailable } from '@cascadeflow/real/workshop';

/** The n8n that the nodes are tested in. */
export const n8nVersion = '2.41.1';

/** n8n's own lint for community nodes, and the ESLint it wants. Its licence keeps it out of the repository's own packages. */
const lintPackages = ['eslint@9.29.0', '@n8n/eslint-plugin-community-nodes@0.32.0', 'eslint-plugin-n8n-nodes-base@2.0.0', 'n8n-workflow@2', 'typescript-eslint@8', 'typescript@5.9'];

/** Longest time one step of the installation may take, in milliseconds. */
const stepMs = 1_200_000;

/** n8n is 2.9 GB: it stays in the user's cache, for every clone of this repository. */
const cache = join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'cascadeflow');

const folderOf = (name: string) => join(cache, name);
const stampOf = (folder: string) => join(folder, 'installed');

/** Node and everything it brings along on the path of what is started. */
export const nodePath = [dirname(process.execPath), process.env['PATH']].join(delimiter);

/** True when {@link installN8n} has nothing to fetch. */
export function isN8nCached(): boolean {
  return existsSync(stampOf(folderOf(`n8n-${n8nVersion}`)));
}

/** The folder in whose `node_modules` n8n is. Its native parts are built against the Node that runs this. */
export function installN8n(): string {
  return install(`n8n-${n8nVersion}`, (folder) => {
    const headers = `node-${process.platform}-${process.arch}`;
    npm(folder, ['install', '--ignore-scripts', `n8n@${n8nVersion}`, `${headers}@${process.versions.node}`]);
    npm(folder, ['rebuild', 'sqlite3', 'isolated-vm'], { npm_config_nodedir: join(folder, 'node_modules', headers) });
  });
}

/** The folder in whose `node_modules` the lint is. */
export function installLint(): string {
  return install('n8n-lint', (folder) => npm(folder, ['install', '--ignore-scripts', '--legacy-peer-deps', ...lintPackages]));
}

/** Runs an installation whose stamp is missing, from the start. */
function install(name: string, work: (folder: string) => void): string {
  const folder = folderOf(name);
  if (existsSync(stampOf(folder))) return folder;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  work(folder);
  writeFileSync(stampOf(folder), `${new Date().toISOString()}\n`);
  return folder;
}

function npm(folder: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): void {
  const { status, stderr, error } = spawnSync('npm', [...args, '--no-audit', '--no-fund'], { cwd: folder, encoding: 'utf8', timeout: stepMs, env: { ...process.env, PATH: nodePath, ...env } });
  if (error) throw new Unavailable(`npm could not be run: ${error.message}`);
  if (status !== 0) throw new Unavailable(`npm ${args[0]} failed: ${stderr.trim().split('\n').at(-1)?.slice(0, 300)}`);
}
