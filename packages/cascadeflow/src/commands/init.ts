import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { ExitCode } from '../command-line/exit-code.ts';
import type { Io } from '../command-line/io.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { configTemplate } from '../gateway/template.ts';

/** `cascadeflow init`: writes a commented configuration of the gateway. */
export function define(command: Command, io: Io, end: (code: ExitCode) => void): void {
  command
    .argument('[file]', 'where to write it', 'cascadeflow.yaml')
    .option('--force', 'replace a file that is there')
    .action(async (file: string, { force }: { readonly force?: boolean }) => {
      try {
        await writeFile(file, configTemplate, { flag: force === true ? 'w' : 'wx' });
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw new UsageError(`${file} exists; --force replaces it`);
        throw error;
      }
      io.out.write(`Wrote ${file}. Start the gateway with: cascadeflow gateway --config ${file}\n`);
      end(ExitCode.ok);
    });
}
