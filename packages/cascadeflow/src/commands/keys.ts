import { type Command, Option } from 'commander';
import { ExitCode } from '../command-line/exit-code.ts';
import type { Io } from '../command-line/io.ts';
import { type ManagedKeys, openKeys } from '../gateway/open-keys.ts';
import { renderTable } from '../terminal/table.ts';
import { parseCount } from './model-flags.ts';

interface PlaceFlags {
  readonly file: string;
  readonly postgres?: string;
}

interface AddFlags extends PlaceFlags {
  readonly models?: readonly string[];
  readonly budget?: string;
  readonly rpm?: number;
  readonly concurrency?: number;
}

const columns = [{ title: 'name' }, { title: 'models', flexible: true }, { title: 'per minute' }, { title: 'at once' }];

/** `cascadeflow keys add|list|revoke`: who may ask the gateway. */
export function define(command: Command, io: Io, end: (code: ExitCode) => void): void {
  const file = () => new Option('-f, --file <file>', 'where the keys are kept; `keysFile` of the configuration').default('keys.json');
  const postgres = () => new Option('--postgres <url>', 'the database that keeps them instead; `state.postgres` of the configuration');
  command
    .command('add <name>')
    .description('make a key; it is shown once and kept as a hash')
    .addOption(file())
    .addOption(postgres())
    .option('--models <name...>', 'models and cascades it may name; default all')
    .option('--budget <name>', 'whose budget pays; default the name of the key')
    .option('--rpm <count>', 'most requests a minute', parseCount)
    .option('--concurrency <count>', 'most requests at once', parseCount)
    .action(async (id: string, flags: AddFlags) => {
      const { models, budget: budgetKey, rpm: requestsPerMinute, concurrency } = flags;
      const entry = {
        id,
        ...(models && { models: [...models] }),
        ...(budgetKey !== undefined && { budgetKey }),
        ...(requestsPerMinute !== undefined && { requestsPerMinute }),
        ...(concurrency !== undefined && { concurrency }),
      };
      const key = await withKeys(flags, (keys) => keys.add(entry));
      io.out.write(`${key}\n`);
      io.err.write(`This is the only time the key is shown. ${flags.postgres === undefined ? flags.file : 'The database'} holds its hash.\n`);
      end(ExitCode.ok);
    });
  command
    .command('list')
    .description('name the keys there are')
    .addOption(file())
    .addOption(postgres())
    .action(async (flags: PlaceFlags) => {
      const rows = (await withKeys(flags, (keys) => keys.list())).map((key) => [key.id, key.models?.join(' ') ?? 'all', key.requestsPerMinute?.toString() ?? '-', key.concurrency?.toString() ?? '-']);
      io.out.write(`${renderTable(columns, rows, io.out.columns)}\n`);
      end(ExitCode.ok);
    });
  command
    .command('revoke <name>')
    .description('take a key away; a running gateway notices')
    .addOption(file())
    .addOption(postgres())
    .action(async (id: string, flags: PlaceFlags) => {
      await withKeys(flags, (keys) => keys.revoke(id));
      end(ExitCode.ok);
    });
}

async function withKeys<Result>(flags: PlaceFlags, work: (keys: ManagedKeys) => Promise<Result>): Promise<Result> {
  const keys = await openKeys(flags);
  try {
    return await work(keys);
  } finally {
    await keys.close();
  }
}
