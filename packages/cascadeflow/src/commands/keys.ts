import { type Command, Option } from 'commander';
import { ExitCode } from '../command-line/exit-code.ts';
import type { Io } from '../command-line/io.ts';
import { addKey, readKeys, revokeKey } from '../gateway/key-file.ts';
import { renderTable } from '../terminal/table.ts';
import { parseCount } from './model-flags.ts';

interface AddFlags {
  readonly file: string;
  readonly models?: readonly string[];
  readonly budget?: string;
  readonly rpm?: number;
  readonly concurrency?: number;
}

const columns = [{ title: 'name' }, { title: 'models', flexible: true }, { title: 'per minute' }, { title: 'at once' }];

/** `cascadeflow keys add|list|revoke`: who may ask the gateway. */
export function define(command: Command, io: Io, end: (code: ExitCode) => void): void {
  const file = () => new Option('-f, --file <file>', 'where the keys are kept; `keysFile` of the configuration').default('keys.json');
  command
    .command('add <name>')
    .description('make a key; it is shown once and kept as a hash')
    .addOption(file())
    .option('--models <name...>', 'models and cascades it may name; default all')
    .option('--budget <name>', 'whose budget pays; default the name of the key')
    .option('--rpm <count>', 'most requests a minute', parseCount)
    .option('--concurrency <count>', 'most requests at once', parseCount)
    .action(async (id: string, flags: AddFlags) => {
      const { models, budget: budgetKey, rpm: requestsPerMinute, concurrency } = flags;
      const key = await addKey(flags.file, {
        id,
        ...(models && { models: [...models] }),
        ...(budgetKey !== undefined && { budgetKey }),
        ...(requestsPerMinute !== undefined && { requestsPerMinute }),
        ...(concurrency !== undefined && { concurrency }),
      });
      io.out.write(`${key}\n`);
      io.err.write(`This is the only time the key is shown. ${flags.file} holds its hash.\n`);
      end(ExitCode.ok);
    });
  command
    .command('list')
    .description('name the keys there are')
    .addOption(file())
    .action(async (flags: { readonly file: string }) => {
      const rows = (await readKeys(flags.file)).map((key) => [key.id, key.models?.join(' ') ?? 'all', key.requestsPerMinute?.toString() ?? '-', key.concurrency?.toString() ?? '-']);
      io.out.write(`${renderTable(columns, rows, io.out.columns)}\n`);
      end(ExitCode.ok);
    });
  command
    .command('revoke <name>')
    .description('take a key away; a running gateway notices')
    .addOption(file())
    .action(async (id: string, flags: { readonly file: string }) => {
      await revokeKey(flags.file, id);
      end(ExitCode.ok);
    });
}
