import type { Model, ModelRequest } from '@cascadeflow/contract';
import type { Command } from 'commander';
import { hashRequest, keepAnswer, recordAnswer, type RecordedTier, type Recording, toTrace } from '../calibrate/record-answers.ts';
import { createPairwiseLabeller, type PairwiseLabeller } from '../calibrate/pairwise-labels.ts';
import { readPrompts, type RecordedPrompt } from '../calibrate/prompts-file.ts';
import { type GivenAnswer, startProxy } from '../calibrate/recording-proxy.ts';
import { openTraceFile, type TraceFile } from '../calibrate/trace-file.ts';
import { ExitCode } from '../command-line/exit-code.ts';
import type { Io } from '../command-line/io.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { parseModelName } from '../model-name.ts';
import { openProvider } from '../provider-table.ts';
import { progressLine } from '../terminal/progress-line.ts';
import { addModelFlags, type ModelFlags, parseBaseUrls, parseCount } from './model-flags.ts';

interface RecordFlags extends Omit<ModelFlags, 'quality'> {
  readonly out: string;
  readonly prompts?: string;
  readonly listen?: number;
  readonly serve?: string;
  readonly concurrency: number;
  readonly judge?: string;
  readonly judgeCalls: number;
  readonly json?: boolean;
}

/** Questions asked at once. Chosen by hand, for the rate limits of a new account. */
const defaultConcurrency = 4;

/** Calls of the judge unless more are granted: 250 comparisons. */
const defaultJudgeCalls = 500;

/** `cascadeflow record`: every model's answer to every question, once, for replay and calibration. */
export function define(command: Command, io: Io, end: (code: ExitCode) => void): void {
  addModelFlags(command)
    .requiredOption('-o, --out <file>', 'file of traces to write; questions that are already in it are not asked again')
    .option('-p, --prompts <file>', 'questions to ask: .jsonl with {"prompt" or "messages", "gold"?}, or one prompt a line')
    .option('-l, --listen <port>', 'record live traffic: serve OpenAI\'s chat completions on this port of 127.0.0.1', parsePort)
    .option('--serve <model>', 'with --listen: which of the models answers the application; default: the last')
    .option('-c, --concurrency <count>', 'questions asked at once', parseCount, defaultConcurrency)
    .option('--judge <provider/model[@price]>', 'label questions without a gold answer: this model says blindly, with the places swapped, which answer is better')
    .option('--judge-calls <count>', 'most calls of that model, two for each comparison', parseCount, defaultJudgeCalls)
    .option('--json', 'print the count as JSON')
    .addHelpText('after', '\nName the models cheapest first, the verifier last. The file holds prompts and answers.\n\nExample:\n  cascadeflow record -p questions.jsonl -m openai/gpt-4o-mini -m openai/gpt-5 -o traces.jsonl')
    .action(async (flags: RecordFlags) => end(await record(flags, io)));
}

/** What every question is recorded with. */
interface Desk {
  readonly tiers: readonly RecordedTier[];
  readonly file: TraceFile;
  readonly count: Count;
  readonly labeller: PairwiseLabeller | undefined;
  readonly io: Io;
}

interface Count {
  recorded: number;
  skipped: number;
  /** Answers that failed; their questions are asked again next time. */
  failed: number;
}

async function record(flags: RecordFlags, io: Io): Promise<ExitCode> {
  if ((flags.prompts === undefined) === (flags.listen === undefined)) throw new UsageError('give either --prompts, a file of questions, or --listen, a port for live traffic');
  if (flags.model.length === 0) throw new UsageError('--model is needed, once for each model to record, cheapest first');
  const tiers = openTiers(flags.model, flags, io);
  const [judge] = flags.judge === undefined ? [] : openTiers([flags.judge], flags, io);
  const labeller = judge && createPairwiseLabeller(judge, tiers.at(-1)?.model.id ?? '', flags.judgeCalls, io.signal);
  const file = await openTraceFile(flags.out);
  const count: Count = { recorded: 0, skipped: 0, failed: 0 };
  const desk: Desk = { tiers, file, count, labeller, io };
  try {
    if (flags.prompts !== undefined) await recordFile(flags.prompts, flags.concurrency, desk);
    else await recordTraffic(flags, desk);
  } finally {
    await file.close();
  }
  io.out.write(flags.json === true ? `${JSON.stringify({ file: flags.out, ...count, ...(labeller !== undefined && { labels: labeller.count }) })}\n` : `${flags.out}: ${count.recorded} questions recorded, ${count.skipped} were there already, ${count.failed} not recorded because a model failed\n${labeller === undefined ? '' : told(labeller)}`);
  return count.failed > 0 ? ExitCode.failed : ExitCode.ok;
}

function told({ count: { compared, calls, skipped, unreadable } }: PairwiseLabeller): string {
  return `  ${compared} comparisons by the judge in ${calls} calls, ${skipped} left out for want of calls, ${unreadable} not understood\n`;
}

function openTiers(names: readonly string[], flags: RecordFlags, io: Io): RecordedTier[] {
  const named = names.map((text) => parseModelName(text, '--model'));
  const every = [...flags.model, ...(flags.judge === undefined ? [] : [flags.judge])].map((text) => parseModelName(text, '--model').provider);
  const baseURLs = parseBaseUrls(flags.baseUrl, every);
  return named.map(({ provider: id, name, cost }) => {
    const provider = openProvider(id, { env: io.env, ...(baseURLs[id] !== undefined && { baseURL: baseURLs[id] }) });
    const model: Model = provider.model(name);
    const price = cost ?? provider.price?.(name);
    return { model, ...(price !== undefined && { price }) };
  });
}

async function recordFile(prompts: string, concurrency: number, desk: Desk): Promise<void> {
  const { count, io } = desk;
  const progress = progressLine(io.err);
  const queue = readPrompts(prompts);
  const work = async () => {
    for (let next = await queue.next(); next.done !== true && !io.signal.aborted; next = await queue.next()) {
      await recordOne(next.value, desk);
      progress.show(`${count.recorded} recorded, ${count.skipped} there already, ${count.failed} failed`);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  progress.clear();
}

async function recordOne(prompt: RecordedPrompt, { tiers, file, count, labeller, io }: Desk, served?: Served): Promise<void> {
  const hash = await hashRequest(prompt.request);
  if (file.recorded.has(hash)) {
    count.skipped++;
    return;
  }
  // Taken before the models are asked, so that the same question twice in a row is asked once.
  file.recorded.add(hash);
  const recordings: Recording[] = await Promise.all(
    tiers.map((tier, index) => (tier === served?.tier ? keepServed(served, index, io) : recordAnswer(tier, index, prompt.request, io.signal))),
  );
  const failures = recordings.filter((recording) => 'failure' in recording);
  for (const { model, failure } of failures) io.err.write(`${model}: ${failure}\n`);
  if (failures.length > 0) {
    count.failed++;
    file.recorded.delete(hash);
    return;
  }
  const answers = recordings.flatMap((recording) => ('answer' in recording ? [recording.answer] : []));
  const trace = await toTrace(prompt, answers, tiers, served === undefined ? 'record' : 'observe');
  await file.write(labeller === undefined || prompt.gold !== undefined ? trace : await labeller.label(trace));
  count.recorded++;
}

/** What the application has been given already: it is not asked for twice. */
interface Served {
  readonly tier: RecordedTier;
  readonly answer: GivenAnswer;
}

async function keepServed({ tier, answer }: Served, place: number, io: Io): Promise<Recording> {
  const recording = await keepAnswer(tier, place, answer.events, io.signal);
  return 'answer' in recording ? { answer: { ...recording.answer, latencyMs: answer.latencyMs } } : recording;
}

async function recordTraffic(flags: RecordFlags, desk: Desk): Promise<void> {
  const { tiers, io } = desk;
  const served = flags.serve === undefined ? tiers.at(-1) : tiers.find((tier) => flags.serve === tier.model.id || flags.serve === `${tier.model.provider}/${tier.model.id}`);
  if (served === undefined) throw new UsageError(`--serve ${flags.serve}: is not one of the models, ${tiers.map((tier) => tier.model.id).join(', ')}`);
  const running = new Set<Promise<void>>();
  const onAnswered = (request: ModelRequest, answer: GivenAnswer) => {
    // Beside the application, never before it: when too much is under way the question is left out.
    if (running.size >= flags.concurrency) return;
    const work = recordOne({ request }, desk, { tier: served, answer })
      .catch((error: unknown) => {
        if (!io.signal.aborted) io.err.write(`not recorded: ${error instanceof Error ? error.message : String(error)}\n`);
      })
      .finally(() => running.delete(work));
    running.add(work);
  };
  const proxy = await startProxy({ port: flags.listen ?? 0, served, onAnswered });
  io.err.write(`recording on ${proxy.url}, answered by ${served.model.id}; Ctrl-C ends it\n`);
  await new Promise<void>((resolve) => {
    if (io.signal.aborted) resolve();
    else io.signal.addEventListener('abort', () => resolve(), { once: true });
  });
  await proxy.close();
  await Promise.all(running);
}

function parsePort(value: string): number {
  const port = Number(value);
  if (Number.isInteger(port) && port >= 0 && port < 65_536 && value.trim() !== '') return port;
  throw new UsageError(`--listen ${value}: must be a port from 0 to 65535; 0 takes a free one`);
}
