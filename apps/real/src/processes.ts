import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { createServer, type AddressInfo } from 'node:net';
import { join, resolve } from 'node:path';

/** A server in a process of its own. */
export interface ServerProcess {
  readonly url: string;
  readonly pid: number;
  close(): Promise<void>;
}

const root = resolve(import.meta.dirname, '../../..');

/** Longest time a server may take to start, in milliseconds. */
const startMs = 60_000;

/** Runs a TypeScript file of this repository and waits until it prints an address. */
export async function startScript(file: string, args: readonly string[]): Promise<ServerProcess> {
  const child = spawn(process.execPath, ['--conditions=@cascadeflow/source', file, ...args], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  const url = await new Promise<string>((found, failed) => {
    let output = '';
    const read = (piece: Buffer) => {
      output = (output + String(piece)).slice(-4000);
      const [address] = /http:\/\/127\.0\.0\.1:\d+(?=\s)/.exec(output) ?? [];
      if (address !== undefined) found(address);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', (piece: Buffer) => (output = (output + String(piece)).slice(-4000)));
    child.once('exit', () => failed(new Error(`${file} ended: ${output.trim()}`)));
  });
  return toServer(child, url);
}

/** Runs a program that listens on a port it is told, and waits until the port answers, at most `withinMs`. */
export async function startProgram(command: string, args: (port: number) => readonly string[], cwd: string, env: (port: number) => NodeJS.ProcessEnv = () => ({}), withinMs = startMs): Promise<ServerProcess> {
  const port = await freePort();
  const child = spawn(command, args(port), { cwd, env: { ...process.env, ...env(port) }, stdio: 'ignore' });
  const url = `http://127.0.0.1:${port}`;
  const deadline = performance.now() + withinMs;
  while (performance.now() < deadline && child.exitCode === null) {
    if (await fetch(url).then(() => true, () => false)) return toServer(child, url);
    await new Promise((wake) => setTimeout(wake, 100));
  }
  child.kill();
  throw new Error(`${command} did not start`);
}

/** The gateway as users start it, from its sources. */
export function startGateway(configFile: string): Promise<ServerProcess> {
  return startScript(join(root, 'packages/cascadeflow/src/bin.ts'), ['gateway', '--config', configFile, '--port', '0']);
}

function toServer(child: ChildProcess, url: string): ServerProcess {
  return {
    url,
    pid: child.pid as number,
    async close() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = new Promise((ended) => child.once('exit', ended));
      child.kill('SIGKILL');
      await gone;
    },
  };
}

/** Memory that a process holds now, in MB. */
export function residentMB(pid: number): number {
  return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  await new Promise((closed) => server.close(closed));
  return port;
}
