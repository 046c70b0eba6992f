import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import { ExitCode } from '../command-line/exit-code.ts';
import type { Io } from '../command-line/io.ts';
import { startServer } from '../gateway/start-server.ts';

interface GatewayFlags {
  readonly config: string;
  readonly host?: string;
  readonly port?: number;
}

/** `cascadeflow gateway`: serves until it is interrupted. */
export function define(command: Command, io: Io, end: (code: ExitCode) => void): void {
  command
    .option('-c, --config <file>', 'configuration, YAML or JSON; `cascadeflow init` writes one', 'cascadeflow.yaml')
    .option('--host <address>', 'where to listen; wins over the configuration')
    .option('--port <number>', 'port; wins over the configuration, 0 takes any free one', parsePort)
    .addHelpText('after', '\nInterrupt it to stop: /ready answers 503 at once, and streams are finished first.')
    .action(async (flags: GatewayFlags) => {
      const { config: configFile, host, port } = flags;
      const log = (line: string) => io.err.write(`${line}\n`);
      const server = await startServer({ configFile, env: io.env, log, ...(host !== undefined && { host }), ...(port !== undefined && { port }) });
      io.out.write(`Gateway on ${server.url}\n`);
      log(`Point an OpenAI client at ${server.url}/v1 and an Anthropic client at ${server.url}, with the model "cascade".`);
      log(`The dashboard is at ${server.url}/${server.hasAdminKey ? ', and asks for the adminKey' : ''}.`);
      if (!server.hasKeys) log('No keys are set: any program on this machine may ask.');
      await new Promise<void>((resolve) => {
        if (io.signal.aborted) return resolve();
        io.signal.addEventListener('abort', () => resolve(), { once: true });
      });
      log('Stopping: no new requests, streams are finished.');
      await server.close();
      end(ExitCode.ok);
    });
}

function parsePort(value: string): number {
  const port = value.trim() === '' ? Number.NaN : Number(value);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new InvalidArgumentError('It must be a whole number from 0 to 65535.');
  return port;
}
