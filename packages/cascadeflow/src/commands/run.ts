import { readFile } from 'node:fs/promises';
import type { CascadeEvent, CascadeResult, QualityTarget, ResponseFormat } from '@cascadeflow/contract';
import type { RunOptions } from '@cascadeflow/core';
import { type Command, InvalidArgumentError } from 'commander';
import { cascade } from '../cascade.ts';
import { ExitCode } from '../command-line/exit-code.ts';
import type { Io } from '../command-line/io.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { parseModelName } from '../model-name.ts';
import { formatMoney, formatPercent, formatTime } from '../terminal/figures.ts';
import { paint } from '../terminal/style.ts';
import { addModelFlags, type ModelFlags, parseBaseUrls, parseCount } from './model-flags.ts';

interface RunFlags extends ModelFlags {
  readonly system?: string;
  readonly temperature?: number;
  readonly maxTokens?: number;
  readonly deadline?: number;
  readonly schema?: string;
  readonly forceModel?: string;
  readonly json?: boolean;
  readonly events?: boolean;
  readonly quiet?: boolean;
}

/** `cascadeflow run`: one question, the answer on standard output, the decision on standard error. */
export function define(command: Command, io: Io, end: (code: ExitCode) => void): void {
  addModelFlags(command)
    .argument('[prompt]', 'the question; `-` or nothing reads it from standard input')
    .option('-s, --system <text>', 'instructions for the models')
    .option('--temperature <number>', 'from 0 to 2', parseTemperature)
    .option('--max-tokens <count>', 'ceiling of output tokens', parseCount)
    .option('--deadline <ms>', 'milliseconds the whole run may take', parseCount)
    .option('--schema <file>', 'JSON Schema that the answer must fit')
    .option('--force-model <name>', 'ask this model alone')
    .option('--json', 'print the whole result as JSON')
    .option('--events', 'print every event as a line of JSON')
    .option('--quiet', 'do not say what was decided')
    .addHelpText('after', `\nExample:\n  cascadeflow run "What is the capital of France?" -m openai/gpt-4o-mini -m openai/gpt-5\n\nKeys are read from the environment, OPENAI_API_KEY for openai.`)
    .action(async (argument: string | undefined, flags: RunFlags) => end(await ask(argument, flags, io)));
}

async function ask(argument: string | undefined, flags: RunFlags, io: Io): Promise<ExitCode> {
  if (flags.model.length === 0) throw new UsageError('--model is needed, once for each model of the cascade, such as --model openai/gpt-4o-mini --model openai/gpt-5');
  if (flags.json === true && flags.events === true) throw new UsageError('--json and --events exclude each other');
  const models = flags.model.map((text) => parseModelName(text, '--model'));
  const agent = cascade({ models, env: io.env, baseURLs: parseBaseUrls(flags.baseUrl, models.map((model) => model.provider)) });
  const options = await toRunOptions(flags, io);
  const prompt = argument === undefined || argument === '-' ? ((await io.readInput()) ?? '') : argument;
  if (prompt.trim() === '') throw new UsageError('the prompt is empty: give it as an argument, or on standard input');

  if (flags.events === true) return writeEvents(agent.streamEvents(prompt, options), io);
  const stream = agent.runStreaming(prompt, options);
  let last = '';
  for (let next = await stream.next(); ; next = await stream.next()) {
    if (next.done === true) {
      finish(next.value, last, flags, io);
      return ExitCode.ok;
    }
    last = next.value;
    if (flags.json !== true) io.out.write(next.value);
  }
}

async function toRunOptions(flags: RunFlags, io: Io): Promise<RunOptions> {
  const quality: QualityTarget = flags.quality;
  const responseFormat = flags.schema === undefined ? undefined : await readSchema(flags.schema);
  return {
    quality,
    signal: io.signal,
    ...(flags.system !== undefined && { system: flags.system }),
    ...(flags.temperature !== undefined && { temperature: flags.temperature }),
    ...(flags.maxTokens !== undefined && { maxTokens: flags.maxTokens }),
    ...(flags.deadline !== undefined && { deadlineMs: flags.deadline }),
    ...(flags.forceModel !== undefined && { forceModel: flags.forceModel }),
    ...(responseFormat !== undefined && { responseFormat }),
  };
}

async function readSchema(file: string): Promise<ResponseFormat> {
  try {
    const schema: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) throw new Error('it must hold an object');
    return { type: 'json-schema', schema: schema as { readonly [key: string]: unknown } };
  } catch (error) {
    throw new UsageError(`--schema ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function writeEvents(events: AsyncIterable<CascadeEvent>, io: Io): Promise<ExitCode> {
  let code: ExitCode = ExitCode.failed;
  for await (const event of events) {
    io.out.write(`${JSON.stringify(event)}\n`);
    if (event.type === 'cascade-end') code = ExitCode.ok;
  }
  return code;
}

function finish(result: CascadeResult, last: string, flags: RunFlags, io: Io): void {
  if (flags.json === true) io.out.write(`${JSON.stringify(result, null, 2)}\n`);
  else {
    for (const call of result.toolCalls) io.out.write(`${call.name} ${call.arguments}\n`);
    if (last !== '' && !last.endsWith('\n')) io.out.write('\n');
  }
  if (flags.quiet === true) return;
  for (const warning of result.warnings) io.err.write(`warning: ${warning}\n`);
  io.err.write(`${paint(io.err, 'quiet', describe(result))}\n`);
}

/** The decision in one line. */
function describe(result: CascadeResult): string {
  const { modelUsed, qualityScore, qualityThreshold, totalCost, savingsPercent, latencyMs, degraded } = result;
  const verdict = qualityScore === undefined || !result.cascaded ? '' : ` (probability ${qualityScore.toFixed(2)}, bar ${(qualityThreshold ?? 0).toFixed(2)})`;
  const saved = savingsPercent === undefined || !result.cascaded ? '' : `, ${formatPercent(savingsPercent)} saved`;
  return `${modelUsed}${degraded ? ', degraded' : ''}: ${result.reason}${verdict}. ${formatMoney(totalCost)}${saved}, ${formatTime(latencyMs)}.`;
}

function parseTemperature(value: string): number {
  const temperature = value.trim() === '' ? Number.NaN : Number(value);
  if (!(temperature >= 0 && temperature <= 2)) throw new InvalidArgumentError('It must be a number from 0 to 2.');
  return temperature;
}
