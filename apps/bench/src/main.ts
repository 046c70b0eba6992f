import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { BenchModule } from './bench.ts';
import { createReport, formatTarget, type Report } from './report.ts';

const SUFFIX = '.bench.ts';
const ROOT = resolve(import.meta.dirname, '../../..');
const USAGE = `pnpm bench NAME [--data DIR] [--out FILE] [flags of the benchmark]

  --data DIR   folder of the recorded data sets (default ../shared/bench beside the repository)
  --out FILE   write figures and targets as JSON

Exits 1 when a target is missed.
`;

function findBenches(): string[] {
  return readdirSync(import.meta.dirname).filter((file) => file.endsWith(SUFFIX)).map((file) => file.slice(0, -SUFFIX.length)).sort();
}

/** First line of the file's leading doc comment. */
function describe(name: string): string {
  const text = readFileSync(join(import.meta.dirname, name + SUFFIX), 'utf8');
  return /^\/\*\*\s*(?:\* )?(.*?)\s*(?:\*\/|\n)/.exec(text)?.[1] ?? '';
}

function printUsage(names: readonly string[]): void {
  console.log(USAGE);
  for (const name of names) console.log(`  ${name.padEnd(16)} ${describe(name)}`);
}

function writeReport(file: string, name: string, flags: readonly string[], { figures, targets }: Report, notes: readonly string[]): void {
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: availableParallelism() };
  writeFileSync(resolve(ROOT, file), `${JSON.stringify({ bench: name, command: ['pnpm bench', name, ...flags].join(' '), date: new Date().toISOString().slice(0, 10), machine, figures, targets, notes }, null, 2)}\n`);
}

async function runBench(name: string, rest: string[]): Promise<number> {
  const { bench, options = {} } = (await import(`./${name}${SUFFIX}`)) as BenchModule;
  const { values } = parseArgs({ args: rest, options: { ...options, data: { type: 'string', default: '../shared/bench' }, out: { type: 'string' } } });
  const { data, out, ...flags } = values as { data: string; out?: string };
  const notes: string[] = [];
  const report: Report = {
    ...createReport(console.log),
    note(text) {
      notes.push(...text.split('\n').filter((line) => line.trim() !== ''));
      console.log(text);
    },
  };
  await bench({ data: resolve(ROOT, data), flags, report });
  console.log(`\n${report.targets.map(formatTarget).join('\n') || 'no targets'}`);
  if (out) writeReport(out, name, rest, report, notes);
  return report.targets.every(({ held }) => held) ? 0 : 1;
}

const names = findBenches();
const [name, ...rest] = process.argv.slice(2);
if (name === undefined || name === '--help') {
  printUsage(names);
} else if (!names.includes(name)) {
  console.error(`There is no benchmark called ${name}; there are ${names.join(', ') || 'none yet'}.`);
  process.exitCode = 2;
} else {
  try {
    process.exitCode = await runBench(name, rest);
  } catch (error) {
    if (!(error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))) throw error;
    console.error(error.message);
    process.exitCode = 2;
  }
}
