import { type FSWatcher, watch } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { basename, dirname } from 'node:path';
import { CascadeError } from '@cascadeflow/contract';
import type { GatewayKey } from '@cascadeflow/gateway';
import { UsageError } from '../command-line/usage-error.ts';
import type { Environment } from '../provider-table.ts';
import { buildGateway, keysFileOf } from './build-gateway.ts';
import { answerDashboard } from './dashboard.ts';
import { readKeys } from './key-file.ts';
import { type Answer, serveAnswers } from './node-listener.ts';
import { openState } from './open-state.ts';
import { readConfig } from './read-config.ts';
import { openPool } from './send.ts';

/** Where a gateway listens unless it is told: on this machine alone. The port is chosen by hand. */
export const defaultListen = { host: '127.0.0.1', port: 8787 } as const;

/** Milliseconds that answers under way may take at the end. Chosen by hand. */
const graceMs = 30_000;

/** Milliseconds of quiet after a change of a file: editors write more than once. Chosen by hand. */
const quietMs = 50;

const loopback = new Set(['127.0.0.1', '::1', 'localhost']);

/** What {@link startServer} takes. */
export interface ServerOptions {
  readonly configFile: string;
  readonly env: Environment;
  readonly host?: string;
  readonly port?: number;
  /** Told what an operator should know, one line each. */
  readonly log: (line: string) => void;
}

/** A gateway that listens. */
export interface RunningServer {
  readonly url: string;
  /** True when clients need a key. */
  readonly hasKeys: boolean;
  /** True when the operator needs one. */
  readonly hasAdminKey: boolean;
  /** Reads configuration and keys again; what is wrong is logged, and the old one stays. */
  reload(): Promise<void>;
  /** Says so at `/ready`, takes no new connection, and lets answers under way finish. */
  close(): Promise<void>;
}

/**
 * Starts the gateway of a configuration file and follows the file's changes.
 * @throws CascadeError when the configuration is wrong, UsageError when it would be open to others without keys.
 */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { configFile, env, log } = options;
  const first = await readConfig(configFile, env);
  const host = options.host ?? first.listen?.host ?? defaultListen.host;
  const port = options.port ?? first.listen?.port ?? defaultListen.port;
  const state = await openState(configFile, first, log);

  const open = async (config: typeof first) => {
    const keysFile = keysFileOf(configFile, config);
    if (keysFile === undefined && state.keys === undefined && !loopback.has(host)) {
      throw new UsageError(`keysFile is needed to listen on ${host}: without keys anyone there could spend your money. Add a key with \`cascadeflow keys add NAME\``);
    }
    const listed = keysFile === undefined ? undefined : ((await readKeys(keysFile)) as readonly GatewayKey[]);
    const keys = state.keys ?? (listed && (() => listed));
    return { keysFile, hasKeys: keys !== undefined, gateway: await buildGateway(configFile, config, env, { state, keys, log }) };
  };
  let current: Awaited<ReturnType<typeof open>>;
  let server: Server;
  try {
    current = await open(first);
    server = await listen((request) => answerDashboard(request) ?? current.gateway.answer(request), host, port);
  } catch (error) {
    await state.close();
    throw error;
  }

  // Loaded once it listens, so that the first request need not wait for it.
  void openPool();
  const reload = async () => {
    try {
      current = await open(await readConfig(configFile, env));
      log('the configuration was read again');
    } catch (error) {
      log(`the new configuration is not used, the old one stays: ${(error as Error).message}`);
    }
  };
  const watchers = [configFile, ...(current.keysFile === undefined ? [] : [current.keysFile])].map((file) => follow(file, () => void reload()));
  const { port: bound } = server.address() as AddressInfo;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${bound}`,
    hasKeys: current.hasKeys,
    hasAdminKey: first.adminKey !== undefined,
    reload,
    async close() {
      for (const watcher of watchers) watcher.close();
      current.gateway.drain();
      const drainMs = first.listen?.drainMs ?? 0;
      if (drainMs > 0) await new Promise((resolve) => setTimeout(resolve, drainMs));
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const late = setTimeout(() => server.closeAllConnections(), graceMs);
      await current.gateway.close();
      server.closeIdleConnections();
      await closed;
      clearTimeout(late);
      await state.close();
    },
  };
}

/** Milliseconds a connection may be idle: longer than the usual 60 s of load balancers, so that theirs ends first and no request meets a closing one. */
const keepAliveTimeout = 75_000;

/** The server's other limits are Node's: 16 KB of headers, 60 s for them, 300 s for a request. */
function listen(answer: Answer, host: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer({ keepAliveTimeout, joinDuplicateHeaders: true });
    serveAnswers(server, answer);
    server.once('error', (error) => reject(new CascadeError('invalid-data', `cannot listen on ${host}:${port}: ${error.message}`, { cause: error })));
    server.listen(port, host, () => resolve(server));
  });
}

/** Watches the folder: editors and `cascadeflow keys` put a new file in the place of the old one. */
function follow(file: string, onChange: () => void): FSWatcher {
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(dirname(file), { persistent: false }, (_, name) => {
    if (name !== basename(file)) return;
    clearTimeout(timer);
    timer = setTimeout(onChange, quietMs);
  });
  watcher.on('close', () => clearTimeout(timer));
  return watcher;
}
