import { writeFile } from 'node:fs/promises';
import type { Price } from '@cascadeflow/contract';
import { bundledPrices } from '@cascadeflow/provider-kit';
import type { Command } from 'commander';
import { ExitCode } from '../command-line/exit-code.ts';
import type { Io } from '../command-line/io.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { parseModelName } from '../model-name.ts';
import { downloadPrices, publishedPrices, readPriceList } from '../prices/price-list.ts';
import { openProvider } from '../provider-table.ts';
import { renderTable } from '../terminal/table.ts';

interface PriceFlags {
  readonly refresh?: string;
  readonly from: string;
  readonly list?: string;
}

const columns = [
  { title: 'model', flexible: true },
  ...['input', 'cached', 'written', 'output'].map((title) => ({ title, align: 'right' as const })),
  { title: 'also' },
];

/** `cascadeflow prices`: what models cost by the list, and a newer list. */
export function define(command: Command, io: Io, end: (code: ExitCode) => void): void {
  command
    .argument('[models...]', 'models to look up, provider/model')
    .option('--refresh <file>', 'download the newest list and write it to this file')
    .option('--from <url>', 'where the list is published', publishedPrices)
    .option('--list <file>', 'look models up in this list instead of the bundled one')
    .addHelpText('after', '\nThe file goes into `priceList` of the gateway\'s configuration, or its content into `cascade({ priceTable })`.\nNothing is downloaded unless you ask.\n\nExamples:\n  cascadeflow prices openai/gpt-5 anthropic/claude-sonnet-4-5\n  cascadeflow prices --refresh prices.json')
    .action(async (models: readonly string[], flags: PriceFlags) => {
      if (models.length === 0 && flags.refresh === undefined) throw new UsageError('name models, such as openai/gpt-5, or say where a newer list goes: --refresh prices.json');
      if (flags.refresh !== undefined) await refresh(flags.refresh, flags.from, io);
      if (models.length > 0) end(await show(models, flags.refresh ?? flags.list, io));
    });
}

async function refresh(file: string, from: string, io: Io): Promise<void> {
  const table = await downloadPrices(from, new Date().toISOString().slice(0, 10), io.signal);
  await writeFile(file, `${JSON.stringify(table)}\n`);
  const rows = Object.values(table.vendors).reduce((sum, list) => sum + list.length, 0);
  io.err.write(`${rows} models of ${Object.keys(table.vendors).length} vendors as of ${table.asOf}, in ${file}.\n`);
}

async function show(models: readonly string[], list: string | undefined, io: Io): Promise<ExitCode> {
  const table = list === undefined ? bundledPrices() : await readPriceList(list);
  // No model is asked, so any key will do.
  const env = new Proxy({}, { get: () => 'unused' });
  const found = models.map((text) => {
    const { provider, name } = parseModelName(text, 'models');
    return { text, price: openProvider(provider, { env, priceTable: table }).price?.(name) };
  });
  io.out.write(`${renderTable(columns, found.map(({ text, price }) => [text, ...cells(price)]), io.out.columns)}\n`);
  io.out.write(`USD per 1M tokens, of ${table.asOf}, from ${table.source}.\n`);
  return found.every(({ price }) => price) ? ExitCode.ok : ExitCode.failed;
}

function cells(price: Price | undefined): string[] {
  if (!price) return ['unknown', '', '', '', ''];
  const { input, cachedInput = input, cacheWrite = input, output, cacheWriteHour, longPrompt, perRequest } = price;
  const also = [
    ...(cacheWriteHour === undefined ? [] : [`${cacheWriteHour} kept for an hour`]),
    ...(longPrompt ? [`${longPrompt.input} in, ${longPrompt.output} out above ${longPrompt.above} tokens`] : []),
    ...(perRequest === undefined ? [] : [`${perRequest} USD a call`]),
  ];
  return [...[input, cachedInput, cacheWrite, output].map(String), also.join('; ')];
}
