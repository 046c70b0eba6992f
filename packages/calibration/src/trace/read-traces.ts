import { CascadeError, type Trace } from '@cascadeflow/contract';
import { parseTrace } from './parse-trace.ts';
import { type Line, readLines } from './read-lines.ts';
import { createSeenIds } from './seen-ids.ts';

/** Why a line was left out. */
export type TraceProblemKind = 'torn' | 'not-json' | 'not-a-trace' | 'foreign-version' | 'duplicate' | 'missing-model' | 'too-long';

/** A line that was left out. */
export interface TraceProblem {
  /** 1 for the first line. */
  readonly line: number;
  readonly kind: TraceProblemKind;
  /** One sentence that names the field and the fix; never the line's own text, which may be private. */
  readonly message: string;
}

/** What reading a file has come to so far. */
export interface TraceCount {
  readonly good: number;
  readonly bad: number;
  readonly byKind: Readonly<Partial<Record<TraceProblemKind, number>>>;
}

/** What is asked of the lines. */
export interface ReadTracesOptions {
  /** Models that every trace must have an answer of. */
  readonly models?: readonly string[];
  /** Told of each line that is left out. */
  readonly onProblem?: (problem: TraceProblem) => void;
}

/**
 * Reads traces, one JSON document a line, in constant memory; gives the good ones and returns the count. A bad line never stops the reading.
 * Duplicates are looked for among the first 1.5 million runs.
 *
 * A file on disk: `readTraces(createReadStream(path))`.
 */
export async function* readTraces(
  source: AsyncIterable<Uint8Array | string> | Iterable<Uint8Array | string>,
  { models = [], onProblem }: ReadTracesOptions = {},
): AsyncGenerator<Trace, TraceCount> {
  const seen = createSeenIds();
  let good = 0;
  const byKind: Partial<Record<TraceProblemKind, number>> = {};
  for await (const line of readLines(source)) {
    if (line.text !== undefined && line.text.trim() === '') continue;
    const read = readLine(line, models);
    const trace = 'kind' in read ? undefined : read;
    const problem = trace === undefined ? (read as Problem) : seen.add(trace.runId) ? duplicateOf(trace) : undefined;
    if (problem === undefined && trace !== undefined) {
      good++;
      yield trace;
      continue;
    }
    if (problem === undefined) continue;
    byKind[problem.kind] = (byKind[problem.kind] ?? 0) + 1;
    onProblem?.({ line: line.number, ...problem });
  }
  return { good, bad: Object.values(byKind).reduce((sum, count) => sum + count, 0), byKind };
}

type Problem = Omit<TraceProblem, 'line'>;

const duplicateOf = (trace: Trace): Problem => ({ kind: 'duplicate', message: `run ${trace.runId} was read before; the first is kept` });

function readLine({ text, ended }: Line, models: readonly string[]): Trace | Problem {
  if (text === undefined) return { kind: 'too-long', message: 'is longer than 64 MB and was passed over' };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    if (ended) return { kind: 'not-json', message: 'is not JSON; expected one trace on one line' };
    return { kind: 'torn', message: 'is cut off: the writer was stopped in the middle of the last line' };
  }
  let trace: Trace;
  try {
    trace = parseTrace(value);
  } catch (error) {
    if (!CascadeError.is(error)) throw error;
    return { kind: error.message.startsWith('version:') ? 'foreign-version' : 'not-a-trace', message: error.message };
  }
  const missing = models.find((model) => !trace.answers.some((answer) => answer.model === model));
  if (missing === undefined) return trace;
  const has = trace.answers.map((answer) => answer.model).join(', ') || 'none';
  return { kind: 'missing-model', message: `has no answer of ${missing}; it has ${has}` };
}
