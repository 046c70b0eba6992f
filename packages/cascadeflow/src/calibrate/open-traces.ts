import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { labelByVerifier, labelByVotes, readTraces, type Vote } from '@cascadeflow/calibration';
import type { Price, Trace } from '@cascadeflow/contract';
import { agreement } from '@cascadeflow/quality';
import type { Io } from '../command-line/io.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { progressLine } from '../terminal/progress-line.ts';
import { paint } from '../terminal/style.ts';
import type { TraceFlags } from './trace-flags.ts';

/** Traces as they come, and what reading them has come to so far. */
export interface OpenedTraces {
  readonly traces: AsyncIterable<Trace>;
  /** Cheapest first, the verifier last. */
  readonly models: readonly string[];
  /** As the flags say, else as the traces do. */
  readonly prices: Readonly<Record<string, Price>>;
  readonly count: { good: number; bad: number };
}

/** Bad lines that are told in full; the rest is counted. */
const toldProblems = 5;
/** Traces that the order of the models is read from, where none is given. */
const sampleSize = 200;

/** Opens files of traces in constant memory: bad lines are told on standard error and left out, labels are filled in as the flags say. */
export async function openTraces(files: readonly string[], flags: TraceFlags, io: Io): Promise<OpenedTraces> {
  const count = { good: 0, bad: 0 };
  const votes = flags.votes === undefined ? [] : await readVotes(flags.votes);
  const source = readAll(files, flags, count, io);
  const sample: Trace[] = [];
  while (sample.length < sampleSize) {
    const next = await source.next();
    if (next.done === true) break;
    sample.push(next.value);
  }
  const models = flags.models ?? modelsByCost(sample);
  if (models.length === 0) throw new UsageError(`there are no usable traces in ${files.join(', ')}`);
  async function* traces(): AsyncGenerator<Trace> {
    for (const trace of sample) yield await labelled(trace, models, flags, votes);
    for await (const trace of source) yield await labelled(trace, models, flags, votes);
  }
  return { traces: traces(), models, prices: { ...pricesIn(sample), ...flags.price }, count };
}

/** All of the traces at once, for commands that need them more than once. */
export async function loadTraces(files: readonly string[], flags: TraceFlags, io: Io): Promise<Omit<OpenedTraces, 'traces'> & { readonly traces: readonly Trace[] }> {
  const opened = await openTraces(files, flags, io);
  const traces: Trace[] = [];
  const progress = progressLine(io.err);
  for await (const trace of opened.traces) {
    traces.push(trace);
    if (traces.length % 500 === 0) progress.show(`read ${traces.length} traces`);
  }
  progress.clear();
  return { ...opened, traces };
}

async function* readAll(files: readonly string[], flags: TraceFlags, count: { good: number; bad: number }, io: Io): AsyncGenerator<Trace> {
  let told = 0;
  for (const file of files) {
    const onProblem = ({ line, message }: { readonly line: number; readonly message: string }) => {
      count.bad++;
      if (told++ < toldProblems) io.err.write(`${paint(io.err, 'doubt', `${file}:${line}`)} ${message}\n`);
    };
    try {
      for await (const trace of readTraces(createReadStream(file), { ...(flags.models !== undefined && { models: flags.models }), onProblem })) {
        count.good++;
        yield trace;
      }
    } catch (error) {
      if (error instanceof Error && 'syscall' in error) throw new UsageError(`cannot read ${file}: ${error.message}`);
      throw error;
    }
  }
  if (count.bad > 0) io.err.write(`${count.bad} ${count.bad === 1 ? 'line was' : 'lines were'} left out, ${count.good} are used\n`);
}

async function labelled(trace: Trace, models: readonly string[], flags: TraceFlags, votes: readonly Vote[]): Promise<Trace> {
  const voted = votes.length === 0 ? trace : labelByVotes(trace, votes);
  const verifier = models.at(-1);
  if (flags.labelByVerifier !== true || verifier === undefined) return voted;
  return labelByVerifier(voted, verifier, (a, b, request) =>
    request === undefined || a.content === undefined || b.content === undefined ? undefined : agreement(request, a.content, b.content),
  );
}

function modelsByCost(traces: readonly Trace[]): string[] {
  const costs = new Map<string, { sum: number; n: number }>();
  for (const trace of traces) {
    for (const { model, cost = 0 } of trace.answers) {
      const entry = costs.get(model) ?? { sum: 0, n: 0 };
      costs.set(model, { sum: entry.sum + cost, n: entry.n + 1 });
    }
  }
  return [...costs].sort(([, a], [, b]) => a.sum / a.n - b.sum / b.n).map(([model]) => model);
}

function pricesIn(traces: readonly Trace[]): Record<string, Price> {
  const prices: Record<string, Price> = {};
  for (const { models } of traces) for (const { name, price } of models) if (price !== undefined) prices[name] = price;
  return prices;
}

async function readVotes(file: string): Promise<Vote[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`--votes ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const vote = parseVote(line);
    if (vote === undefined) throw new UsageError(`--votes ${file}:${index + 1}: must be {"runId": "…", "vote": "up"} or "down"`);
    return [vote];
  });
}

function parseVote(line: string): Vote | undefined {
  try {
    const { runId, model, vote } = JSON.parse(line) as Record<string, unknown>;
    if (typeof runId !== 'string' || (vote !== 'up' && vote !== 'down')) return undefined;
    return { runId, vote, ...(typeof model === 'string' && { model }) };
  } catch {
    return undefined;
  }
}
