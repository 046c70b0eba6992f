/**
 * The door of the repository: `npm start` and `npm test` on a machine that has nothing but Node 20 and npm.
 * Installs what the lockfile says when that has changed, then hands over to the Node the repository is developed on.
 */
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = join(root, 'node_modules', '.bin');
const stamp = join(root, 'node_modules', '.installed');
const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');

const JOBS = {
  start: ['--conditions=@cascadeflow/source', 'packages/cascadeflow/src/bin.ts', 'demo'],
  test: ['scripts/check.ts'],
};

/** Changes whenever an install would do something: the lockfile, the settings or any manifest. */
function fingerprint() {
  const manifests = ['packages', 'apps', 'docs/examples'].flatMap((parent) =>
    existsSync(join(root, parent)) ? readdirSync(join(root, parent)).map((name) => `${parent}/${name}/package.json`) : [],
  );
  const hash = createHash('sha256');
  for (const file of ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', '.pnpmfile.cjs', ...manifests]) {
    if (existsSync(join(root, file))) hash.update(file).update(readFileSync(join(root, file)));
  }
  return hash.digest('hex');
}

function install(job) {
  const wanted = fingerprint();
  if (existsSync(stamp) && existsSync(node) && readFileSync(stamp, 'utf8') === wanted) return;
  const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  console.error(`Installing dependencies with ${packageManager} (only when they change)`);
  const { status, error } = spawnSync('npx', ['--yes', '--prefer-offline', packageManager, 'install', '--frozen-lockfile', '--prefer-offline'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
    env: { ...process.env, npm_config_prefer_offline: 'true' },
  });
  if (status !== 0) {
    console.error(`Could not install the dependencies${error ? `: ${error.message}` : ''}.`);
    console.error('If a package.json was edited, update the lockfile with `npx pnpm install` and try again.');
    if (job === 'test') console.log('0 passed, 1 failed');
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}

function run(job, args) {
  const child = spawn(node, [...job, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, PATH: [dirname(node), bin, process.env.PATH].join(delimiter) },
  });
  process.on('SIGINT', () => {}); // the terminal has told the child as well; its exit ends this process
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  child.on('exit', (code, signal) => process.exit(signal ? 1 : code));
}

const major = Number(process.versions.node.split('.')[0]);
const [name, ...args] = process.argv.slice(2);
if (major < 20) {
  console.error(`Node 20 or later is needed; this is ${process.version}.`);
  process.exit(1);
}
if (!Object.hasOwn(JOBS, name)) {
  console.error(`Unknown job ${JSON.stringify(name)}; known: ${Object.keys(JOBS).join(', ')}.`);
  process.exit(1);
}
install(name);
run(JOBS[name], args);
