import type { CascadeEvent } from '@cascadeflow/contract';
import { DecisionSoFar, toDecisionHeaders } from '../decision.ts';
import { FailureLog, toGatewayError } from '../errors/to-gateway-error.ts';
import { toErrorFrame, type Vendor } from '../errors/vendor-errors.ts';
import type { Reply } from '../http/respond.ts';
import { toStreamReply } from '../http/sse.ts';
import type { Exchange } from './exchange.ts';

/** Turns events into a vendor's frames. `run` is 0, 1 … where a request has several runs. */
export interface StreamTranslator {
  readonly vendor: Vendor;
  /** Sent in silence. */
  readonly keepAlive: string;
  take(event: CascadeEvent, run: number): string;
  /** What follows when every run has ended. */
  end(): string;
}

/** Milliseconds the status line waits for the first text: a run that fails before is answered with its own status. Chosen by hand. */
export const firstFrameMs = 10_000;

/**
 * Answers with a stream. A run that fails before its first text is an error with a status; one that fails later ends the stream with the
 * vendor's error event.
 * @throws GatewayError
 */
export async function streamRuns(
  exchange: Exchange,
  runs: readonly AsyncGenerator<CascadeEvent, void, undefined>[],
  translator: StreamTranslator,
  warnings: readonly string[],
): Promise<Reply> {
  const soFar = new DecisionSoFar();
  const frames = toFrames(runs, translator, soFar, exchange.recorded);
  const first = frames.next();
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    await Promise.race([first, new Promise((resolve) => (timer = setTimeout(resolve, firstFrameMs)))]);
  } catch (error) {
    exchange.abort();
    throw error;
  } finally {
    clearTimeout(timer);
  }
  return toStreamReply(
    { frames: withErrorFrame(first, frames, translator.vendor, exchange), keepAlive: translator.keepAlive, onLeave: exchange.abort, onClose: exchange.leave },
    { ...exchange.headers, ...toDecisionHeaders(soFar.decision, warnings) },
  );
}

async function* toFrames(
  runs: readonly AsyncGenerator<CascadeEvent, void, undefined>[],
  translator: StreamTranslator,
  soFar: DecisionSoFar,
  recorded: () => Promise<void>,
): AsyncGenerator<string, void, undefined> {
  const failures = runs.map(() => new FailureLog());
  for await (const { run, event } of runs.length === 1 ? number(runs[0] as AsyncGenerator<CascadeEvent>) : merge(runs)) {
    if (run === 0) soFar.take(event);
    const failure = failures[run]?.take(event);
    if (failure) throw failure;
    if (event.type === 'cascade-end') await recorded();
    const text = translator.take(event, run);
    if (text !== '') yield text;
  }
  const end = translator.end();
  if (end !== '') yield end;
}

async function* withErrorFrame(
  first: Promise<IteratorResult<string, void>>,
  rest: AsyncGenerator<string, void, undefined>,
  vendor: Vendor,
  exchange: Exchange,
): AsyncGenerator<string, void, undefined> {
  try {
    const head = await first;
    if (head.done) return;
    yield head.value;
    yield* rest;
  } catch (error) {
    exchange.abort();
    yield toErrorFrame(vendor, toGatewayError(error));
  }
}

interface NumberedEvent {
  readonly run: number;
  readonly event: CascadeEvent;
}

async function* number(events: AsyncGenerator<CascadeEvent>): AsyncGenerator<NumberedEvent, void, undefined> {
  for await (const event of events) yield { run: 0, event };
}

/** Events of several runs as they come. */
async function* merge(runs: readonly AsyncGenerator<CascadeEvent, void, undefined>[]): AsyncGenerator<NumberedEvent, void, undefined> {
  const next = async (run: number) => ({ run, result: await (runs[run] as AsyncGenerator<CascadeEvent, void, undefined>).next() });
  const pending = new Map(runs.map((_, run) => [run, next(run)]));
  try {
    while (pending.size > 0) {
      const { run, result } = await Promise.race(pending.values());
      if (result.done) pending.delete(run);
      else {
        pending.set(run, next(run));
        yield { run, event: result.value };
      }
    }
  } finally {
    // Their failures belong to a stream that has already ended with one.
    for (const promise of pending.values()) promise.catch(() => {});
    for (const run of runs) void run.return().catch(() => {});
  }
}
