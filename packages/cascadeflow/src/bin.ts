#!/usr/bin/env node
import { ExitCode } from './command-line/exit-code.ts';
import { processIo } from './command-line/io.ts';
import { main } from './command-line/main.ts';

const interruption = new AbortController();
process.on('SIGINT', () => {
  // The first asks politely, the second does not.
  if (interruption.signal.aborted) process.exit(ExitCode.interrupted);
  interruption.abort();
});
process.on('SIGTERM', () => interruption.abort());
// A reader such as `head` that has seen enough is no failure.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? ExitCode.ok : ExitCode.failed));

process.exitCode = await main(process.argv.slice(2), processIo(interruption.signal));
