import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT, type WorkspacePackage } from '../workspace.ts';

/** Runs a program to its end and gives what it printed; throws with its output when it fails. */
export function run(program: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv = process.env): string {
  return execFileSync(program, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: 600_000 });
}

/** Bytes of a file, or of a folder with everything in it; 0 where there is nothing. */
export function sizeOf(path: string): number {
  if (!existsSync(path)) return 0;
  const stat = statSync(path);
  return stat.isDirectory() ? readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0) : stat.size;
}

/** `12.3 kB`. */
export const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;

/** Packs a package into `folder` and gives the path of the tarball. */
export function pack({ folder }: WorkspacePackage, into: string): string {
  const { filename } = JSON.parse(run('pnpm', ['pack', '--json', '--pack-destination', into], join(ROOT, folder))) as { filename: string };
  return filename;
}

/** Writes the manifest of a project that has these dependencies. */
export function writeManifest(project: string, dependencies: { readonly [name: string]: string }): void {
  writeFileSync(join(project, 'package.json'), `${JSON.stringify({ name: 'empty-project', private: true, type: 'module', dependencies }, null, 2)}\n`);
}

/** Type-checks files of a project as a user would. */
export function typecheck(project: string, module: string, moduleResolution: string, files: readonly string[]): void {
  const flags = ['--strict', '--noEmit', '--skipLibCheck', '--target', 'es2023', '--module', module, '--moduleResolution', moduleResolution, '--types', 'node'];
  run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), ...flags, ...files], project);
}

/** Starts the stub of a project and waits for its address. */
export async function startStubServer(project: string): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, ['stub-server.mjs'], { cwd: project, stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise<string>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`the stub ended with ${code}`)));
    child.stdout?.once('data', (data: Buffer) => resolve(data.toString().trim()));
  });
  return { url, child };
}
