import { execFile, execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type ServerProcess, startProgram } from '@cascadeflow/real/processes';
import { nodePath } from './install.ts';

const repository = resolve(import.meta.dirname, '../../..');
const nodes = join(repository, 'packages/integrations-n8n');

/** Longest time one command of n8n may take, in milliseconds. */
const commandMs = 300_000;

/** An item between two nodes. */
export interface Item {
  readonly json: { readonly [field: string]: unknown };
  readonly binary?: { readonly [name: string]: { readonly fileName?: string } };
  readonly pairedItem?: { readonly item: number } | readonly { readonly item: number }[];
}

/** How an execution went, by the names of its nodes: one entry for each time a node ran. */
export interface Execution {
  readonly status: string;
  readonly data: {
    readonly resultData: {
      readonly error?: { readonly message: string; readonly description?: string };
      readonly runData: { readonly [node: string]: readonly { readonly data?: { readonly [connection: string]: readonly (readonly Item[] | null)[] }; readonly error?: { readonly message: string; readonly description?: string } }[] };
    };
  };
}

/** A credential as `n8n import:credentials` takes it. */
export interface Credential {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly data: object;
}

/** A headless n8n with the packed nodes, on a database of its own. */
export interface Host {
  /** Bytes of the tarball that was installed. */
  readonly tarballBytes: number;
  importCredentials(credentials: readonly Credential[]): Promise<void>;
  importWorkflows(workflows: readonly object[]): Promise<void>;
  execute(id: string): Promise<Execution>;
  /** Starts the server with its editor, on the same database. */
  start(): Promise<ServerProcess>;
  close(): void;
}

/** The workflows that come with the package, by their ids. */
export function exampleWorkflows(): readonly { readonly id: string; readonly name: string; readonly nodes: readonly { readonly name: string; readonly type: string; readonly parameters: object }[] }[] {
  const folder = join(nodes, 'workflows');
  return readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as ReturnType<typeof exampleWorkflows>[number]);
}

/** Packs the nodes and installs the tarball where n8n keeps community nodes. */
export function openHost(installation: string): Host {
  const user = mkdtempSync(join(tmpdir(), 'cascadeflow-n8n-'));
  const community = join(user, '.n8n', 'nodes');
  mkdirSync(community, { recursive: true });
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    PATH: nodePath,
    N8N_USER_FOLDER: user,
    N8N_DIAGNOSTICS_ENABLED: 'false',
    N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
    N8N_TEMPLATES_ENABLED: 'false',
    N8N_VERIFIED_PACKAGES_ENABLED: 'false',
    N8N_PERSONALIZATION_ENABLED: 'false',
    N8N_HIRING_BANNER_ENABLED: 'false',
    N8N_SECURE_COOKIE: 'false',
    N8N_LISTEN_ADDRESS: '127.0.0.1',
    // Beside another n8n on this machine, whose broker has the usual port.
    N8N_RUNNERS_BROKER_PORT: String(randomInt(20_000, 30_000)),
    N8N_LOG_LEVEL: 'info',
  };
  const run = (command: string, args: readonly string[], cwd: string) => execFileSync(command, args, { cwd, env, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'], timeout: commandMs });
  run(process.execPath, [join(repository, 'node_modules/tsdown/dist/run.mjs')], nodes);
  const packed = JSON.parse(run('pnpm', ['pack', '--json', '--pack-destination', user], nodes)) as { readonly filename: string };
  const tarball = join(community, 'nodes.tgz');
  copyFileSync(packed.filename, tarball);
  writeFileSync(join(community, 'package.json'), '{ "name": "installed-nodes", "private": true }\n');
  run('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts', '--offline', '--legacy-peer-deps', tarball], community);

  const program = join(installation, 'node_modules/n8n/bin/n8n');
  // Not synchronous: the upstream that n8n asks is in this process.
  const n8n = (...args: readonly string[]): Promise<string> =>
    new Promise((ended, failed) => {
      execFile(process.execPath, [program, ...args], { cwd: user, env, encoding: 'utf8', timeout: commandMs, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
        if (error && stdout.trim() === '') failed(new Error(`n8n ${args.join(' ')} failed: ${stderr.trim().slice(-2000)}`));
        else ended(stdout);
      });
    });
  const importFile = async (what: 'credentials' | 'workflow', content: readonly object[]) => {
    const file = join(user, `${what}.json`);
    writeFileSync(file, JSON.stringify(content));
    await n8n(`import:${what}`, `--input=${file}`);
  };
  return {
    tarballBytes: statSync(tarball).size,
    importCredentials: (credentials) => importFile('credentials', credentials),
    importWorkflows: (workflows) => importFile('workflow', workflows),
    async execute(id) {
      const output = await n8n('execute', `--id=${id}`, '--rawOutput');
      const start = output.indexOf('{\n');
      if (start === -1) throw new Error(`n8n execute said: ${output.slice(-2000)}`);
      // The object ends where a brace stands at the margin; a failed execution says more after it.
      return JSON.parse(output.slice(start, output.indexOf('\n}', start) + 2)) as Execution;
    },
    start: () => startProgram(process.execPath, () => [program, 'start'], user, (port) => ({ ...env, N8N_PORT: String(port) }), commandMs),
    close: () => rmSync(user, { recursive: true, force: true }),
  };
}
