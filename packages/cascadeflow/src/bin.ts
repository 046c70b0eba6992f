#!/usr/bin/env node
import * as nodeModule from 'node:module';

// Compiled code is kept in the folder for temporary files, which takes a sixth off the next start. What follows must be loaded after that. Node 20 has no such thing.
if ('enableCompileCache' in nodeModule) nodeModule.enableCompileCache();
const [{ ExitCode }, { processIo }, { main }] = await Promise.all([import('./command-line/exit-code.ts'), import('./command-line/io.ts'), import('./command-line/main.ts')]);

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
