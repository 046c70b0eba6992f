import { CascadeError, InvalidOptionsError } from '@cascadeflow/contract';
import { Command, CommanderError } from 'commander';
import manifest from '../../package.json' with { type: 'json' };
import { commands } from '../commands/table.ts';
import { ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import { UsageError } from './usage-error.ts';

/** Runs one command line and says how the process is to end. Throws nothing. */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = ExitCode.ok;
  const program = new Command('cascadeflow')
    .description('Model cascading: a cheap model drafts, a judge decides, only the rest goes to a dearer model.')
    .version(manifest.version, '-v, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', '\nExit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted.')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out.write(text),
      writeErr: (text) => io.err.write(text),
      getOutHelpWidth: () => io.out.columns,
      getErrHelpWidth: () => io.err.columns,
      getOutHasColors: () => io.out.colours,
      getErrHasColors: () => io.err.colours,
    })
    .showHelpAfterError('Run with --help to see what there is.');
  try {
    const names = argv.filter((argument) => !argument.startsWith('-'));
    const wanted = names[0] === 'help' ? names[1] : names[0];
    for (const { name, summary, load } of commands) {
      const command = program.command(name).description(summary).allowExcessArguments(false);
      if (name !== wanted) continue;
      const { define } = await load();
      define(command, io, (ended) => {
        code = ended;
      });
    }
    await program.parseAsync(argv, { from: 'user' });
    return io.signal.aborted ? ExitCode.interrupted : code;
  } catch (error) {
    return explain(error, io);
  }
}

function explain(error: unknown, io: Io): ExitCode {
  // Commander has already written its message, or the help or version that was asked for.
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.ok : ExitCode.usage;
  if (io.signal.aborted) {
    io.err.write('Interrupted.\n');
    return ExitCode.interrupted;
  }
  if (error instanceof UsageError || error instanceof InvalidOptionsError) {
    io.err.write(`error: ${error.message}\n`);
    return ExitCode.usage;
  }
  if (CascadeError.is(error)) io.err.write(`error: ${error.message}\n`);
  else io.err.write(`error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return ExitCode.failed;
}
